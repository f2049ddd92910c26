import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeploymentSummary } from '@fawkes/backstage-plugin-delivery-common';
import {
  RiArrowGoBackLine,
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
  RiLoader4Line,
  type RemixiconComponentType,
} from '@remixicon/react';
import { deliveryTranslationRef } from '../../translation';
import styles from './facts.module.css';
import { type Outcome, outcomeOf } from './outcome';

const ICONS: Record<Outcome, RemixiconComponentType> = {
  success: RiCheckboxCircleLine,
  failed: RiErrorWarningLine,
  'rolled-back': RiArrowGoBackLine,
  attempt: RiCloseCircleLine,
  running: RiLoader4Line,
};

/** The outcome as icon and word; colour only repeats it. */
export function OutcomeLabel({
  deployment,
}: {
  deployment: Pick<DeploymentSummary, 'status' | 'failed'>;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const outcome = outcomeOf(deployment);
  const Icon = ICONS[outcome];
  const word =
    outcome === 'attempt' && deployment.status === 'cancelled'
      ? t('fact.outcome.cancelled')
      : t(`fact.outcome.${outcome}`);
  return (
    <span className={styles.outcome} data-outcome={outcome}>
      <Icon aria-hidden size={16} className={styles.outcomeIcon} />
      {word}
    </span>
  );
}
