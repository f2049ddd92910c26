import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Text } from '@backstage/ui';
import type { NextStep } from '@fawkes/backstage-plugin-dojo-common';
import { usePaths } from '../hooks';
import { dojoTranslationRef } from '../translation';
import styles from './components.module.css';

/** One thing to do next, with how long it takes and the way there. */
export function StepCard({ step }: { step: NextStep | null }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  if (!step) {
    return (
      <div className={styles.step}>
        <Text as="p" variant="body-large" weight="bold">
          {t('next.done.title')}
        </Text>
        <Text as="p" variant="body-medium" color="secondary">
          {t('next.done.text')}
        </Text>
      </div>
    );
  }
  return (
    <div className={styles.step}>
      <div className={styles.stepText}>
        <Text as="p" variant="body-small" color="secondary">
          {step.moduleTitle}
        </Text>
        <Text as="p" variant="body-large" weight="bold">
          {t(`next.${step.kind}`)}: {step.title}
        </Text>
        <Text as="p" variant="body-medium" color="secondary">
          {t('minutes', { count: step.minutes })}
        </Text>
      </div>
      <ButtonLink href={paths.step(step)} variant="primary">
        {t(step.kind === 'attempt' ? 'next.goOn' : 'next.open')}
      </ButtonLink>
    </div>
  );
}
