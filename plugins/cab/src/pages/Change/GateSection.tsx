import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { SaidText } from '@fawkes/kit-ui/query';
import { layout, Section, useFormat } from '@fawkes/kit-ui/values';
import { VerdictLabel } from '../../components/words';
import { cabTranslationRef } from '../../translation';
import own from './Change.module.css';

/** May this ship? The answer first, then the reason. */
export function GateSection({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const format = useFormat();
  const { verdict, reason, retryAt } = change.gate;
  return (
    <Section title={t('gate.title')}>
      <div className={layout.tight}>
        <span className={own.verdict}>
          <VerdictLabel verdict={verdict} />
        </span>
        <Text as="p" variant="body-medium">
          <SaidText said={reason} />.{' '}
          {verdict === 'allow' && change.expiresAt
            ? t('gate.until', { until: format.instant(change.expiresAt) })
            : null}
          {retryAt ? t('gate.retry', { at: format.instant(retryAt) }) : null}
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {t('gate.note')}
        </Text>
      </div>
    </Section>
  );
}
