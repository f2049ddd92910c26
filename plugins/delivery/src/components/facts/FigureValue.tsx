import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Figure } from '@fawkes/backstage-plugin-delivery-common';
import type { ReactNode } from 'react';
import { deliveryTranslationRef } from '../../translation';
import styles from './facts.module.css';

/** @public */
export interface FigureValueProps {
  figure: Figure;
  children: (value: number) => ReactNode;
  /** Writes the reason out instead of keeping it in the tooltip. */
  showReason?: boolean;
}

/** A figure, or N/A with the reason: unknown is never shown as zero. */
export function FigureValue({
  figure,
  children,
  showReason = false,
}: FigureValueProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (figure.value !== null) return <>{children(figure.value)}</>;
  const reason = 'reason' in figure ? figure.reason : '';
  return (
    <span className={styles.unknown} title={reason}>
      {t('fact.unknown')}
      <span className={showReason ? undefined : styles.hidden}>: {reason}</span>
    </span>
  );
}
