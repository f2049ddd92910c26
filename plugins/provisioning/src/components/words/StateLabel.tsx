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
import styles from './words.module.css';

/** How a state is to be taken; each has a sign and a colour. */
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

/** A state in a word with a sign: never by colour alone. */
export function StateLabel({
  tone,
  children,
}: {
  tone: Tone;
  children: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <span className={styles.label} data-tone={tone}>
      <Icon size={16} className={styles.icon} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
