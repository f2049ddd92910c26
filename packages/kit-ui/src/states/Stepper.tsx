import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import { kitUiTranslationRef } from '../translation';
import styles from './ways.module.css';

/** How far a step has come. @public */
export type StepState = 'done' | 'current' | 'failed' | 'waiting';

/** One of the steps of a {@link Stepper}. @public */
export interface Step {
  /** Tells steps apart. */
  key: string;
  /** What it does. */
  label: string;
  /** How far it has come. */
  state: StepState;
  /** What it did, takes, or waits for. */
  detail?: ReactNode;
}

/** What {@link Stepper} takes. @public */
export interface StepperProps {
  /** What the steps lead to. */
  label: string;
  /** In their order. */
  steps: readonly Step[];
}

const ICONS: Partial<Record<StepState, RemixiconComponentType>> = {
  done: RiCheckLine,
  failed: RiCloseLine,
};

/** Steps in their order, each with how far it has come in a sign and in words. @public */
export function Stepper({ label, steps }: StepperProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  return (
    <ol aria-label={label} className={styles.steps}>
      {steps.map(({ key, label: name, state, detail }, index) => {
        const Icon = ICONS[state];
        return (
          <li
            key={key}
            className={styles.step}
            data-state={state}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span className={styles.stepSign} aria-hidden="true">
              {Icon ? <Icon size={14} /> : index + 1}
            </span>
            <span className={styles.stepText}>
              <span className={styles.stepName}>
                {name}
                <VisuallyHidden>: {t(`step.${state}`)}</VisuallyHidden>
              </span>
              {detail ? (
                <span className={styles.stepDetail}>{detail}</span>
              ) : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
