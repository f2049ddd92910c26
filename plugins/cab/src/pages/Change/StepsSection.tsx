import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { Stepper, type StepState } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import { NextText } from '../../components/words';
import type { ReactNode } from 'react';
import { cabTranslationRef } from '../../translation';
import { STEPS, stepsOf } from './stepsOf';

/** How far it is, and who must do what. */
export function StepsSection({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const states = stepsOf(change);
  const details: Partial<Record<StepState, ReactNode>> = {
    current: <NextText next={change.next} />,
    failed: t(`state.${change.state}`),
  };
  return (
    <Section title={t('change.steps')}>
      <Stepper
        label={t('change.steps')}
        steps={STEPS.map((step, at) => ({
          key: step,
          label: t(`step.${step}`),
          state: states[at],
          detail: details[states[at]],
        }))}
      />
    </Section>
  );
}
