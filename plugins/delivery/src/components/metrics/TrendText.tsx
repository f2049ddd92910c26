import {
  RiArrowRightLine,
  RiArrowRightDownLine,
  RiArrowRightUpLine,
} from '@remixicon/react';
import type { MetricFacts } from './metricFacts';
import { useMetricWords } from './useMetricWords';
import styles from './metrics.module.css';

const ARROWS = {
  up: RiArrowRightUpLine,
  down: RiArrowRightDownLine,
  flat: RiArrowRightLine,
};

/** @public */
export interface TrendTextProps {
  facts: MetricFacts;
  /** Length of the period compared with. */
  days: number;
}

/** "9 h faster than the 30 days before": an arrow and words, never colour alone. @public */
export function TrendText({ facts, days }: TrendTextProps) {
  const words = useMetricWords();
  const { direction, tone, text } = words.trend(facts, days);
  const Arrow = ARROWS[direction];
  return (
    <span className={styles.trend} data-tone={tone}>
      <Arrow size={16} aria-hidden />
      {text}
    </span>
  );
}
