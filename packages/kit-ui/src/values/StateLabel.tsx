import {
  RiAlertLine,
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiIndeterminateCircleLine,
  RiLoader4Line,
  RiQuestionLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import styles from './stateLabel.module.css';

/** How a state is to be taken; each has a sign and a colour. @public */
export type Tone =
  | 'good'
  | 'bad'
  | 'care'
  | 'moving'
  | 'waiting'
  | 'over'
  | 'unknown';

const ICONS: Record<Tone, RemixiconComponentType> = {
  good: RiCheckboxCircleLine,
  bad: RiCloseCircleLine,
  care: RiAlertLine,
  moving: RiLoader4Line,
  waiting: RiTimeLine,
  over: RiIndeterminateCircleLine,
  unknown: RiQuestionLine,
};

/** What {@link StateLabel} takes. @public */
export interface StateLabelProps {
  /** How it is to be taken. */
  tone: Tone;
  /** The state in a word. */
  children: ReactNode;
}

/** A state in a word with a sign: never by colour alone. @public */
export function StateLabel({ tone, children }: StateLabelProps) {
  const Icon = ICONS[tone];
  return (
    <span className={styles.label} data-tone={tone}>
      <Icon size={16} className={styles.icon} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
