import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { kitUiTranslationRef } from '../translation';
import { useReason, type Figure } from './said';
import styles from './values.module.css';

/** What {@link FigureValue} takes. @public */
export interface FigureValueProps {
  /** What is shown, or why it cannot be. */
  figure: Figure;
  /** Writes a value that is known. */
  children: (value: number) => ReactNode;
  /** Writes the reason out instead of keeping it in the tooltip. */
  showReason?: boolean;
}

/** A figure, or N/A with the reason: unknown is never shown as zero. @public */
export function FigureValue({
  figure,
  children,
  showReason = false,
}: FigureValueProps) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const reasonOf = useReason();
  if (figure.value !== null) return <>{children(figure.value)}</>;
  const reason = reasonOf(figure);
  return (
    <span className={styles.unknown} title={reason}>
      {t('value.unknown')}
      <span className={showReason ? undefined : styles.hidden}>: {reason}</span>
    </span>
  );
}
