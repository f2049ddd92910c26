import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox, Text } from '@backstage/ui';
import type { Plan } from '@fawkes/backstage-plugin-provisioning-common';
import { RiArrowLeftLine } from '@remixicon/react';
import { useEffect, useRef, useState } from 'react';
import { Refused } from '../access';
import { provisioningTranslationRef } from '../../translation';
import { PlanAge } from './PlanAge';
import { PlanChanged } from './PlanChanged';
import { PlanView } from './PlanView';
import styles from './plan.module.css';
import type { CarryOut, Planning } from './usePlanning';

/** What {@link PlanStep} takes. */
export interface PlanStepProps {
  planning: Planning;
  plan: Plan;
  /** What the button does, e.g. "Do this". */
  makeLabel: string;
  /** Nothing new is taken on. */
  isPaused?: boolean;
  onCarryOut: (how: CarryOut) => void;
}

/** What would happen, and the one button that makes it happen. */
export function PlanStep({
  planning,
  plan,
  makeLabel,
  isPaused = false,
  onCarryOut,
}: PlanStepProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const [undoes, setUndoes] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form is gone, and with it what had the focus.
  useEffect(() => heading.current?.focus(), []);
  const isBlocked = plan.obstacles.length > 0 || isPaused;

  return (
    <div className={styles.main}>
      <Text
        as="h2"
        ref={heading}
        tabIndex={-1}
        variant="title-small"
        weight="bold"
      >
        {t('plan.title', { name: plan.name })}
      </Text>
      <p>{t('plan.text')}</p>
      <PlanAge
        asOf={plan.asOf}
        isLooking={planning.isPlanning}
        onLookAgain={planning.lookAgain}
      />
      {planning.difference ? (
        <PlanChanged difference={planning.difference} />
      ) : null}
      <Refused error={planning.planError} title={t('new.planFailed')} />
      <PlanView plan={plan} />
      <div className={styles.bar}>
        <Refused error={planning.sendError} title={t('new.makeFailed')} />
        <Checkbox isSelected={undoes} onChange={setUndoes}>
          {t('plan.onFailure')}
        </Checkbox>
        <div className={styles.buttons}>
          <Button
            variant="primary"
            isDisabled={isBlocked}
            isPending={planning.isSending}
            onPress={() =>
              onCarryOut({ onFailure: undoes ? 'undo' : 'continue' })
            }
          >
            {makeLabel}
          </Button>
          <Button
            variant="secondary"
            iconStart={<RiArrowLeftLine aria-hidden />}
            onPress={planning.forget}
          >
            {t('plan.back')}
          </Button>
          {isBlocked ? <span>{t('plan.blocked')}</span> : null}
        </div>
      </div>
    </div>
  );
}
