import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { PageSkeleton } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { Answer } from '../../components/installed';
import { QueryProvider, useLiveProvisioning, useOperator } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { Checks } from './Checks';
import { Leases } from './Leases';
import { Orphans } from './Orphans';
import { Pause } from './Pause';
import { Quotas } from './Quotas';
import { RateCard } from './RateCard';
import { Stuck } from './Stuck';
import { TemplatesInUse } from './TemplatesInUse';

/**
 * What those look at who run the portal: what is stuck and what to do by hand,
 * who holds what, what was found at start.
 * @public
 */
export function OperatorPage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  useLiveProvisioning();
  return (
    <Container>
      <Answer
        query={useOperator()}
        skeleton={<PageSkeleton label={t('state.loading')} />}
        errorTitle={t('operator.loadFailed')}
        asOf={({ asOf }) => asOf}
      >
        {data => (
          <div className={layout.page}>
            <Pause paused={data.paused} />
            <Stuck stuck={data.stuck} />
            <Orphans orphans={data.orphans} />
            <Checks checks={data.checks} />
            <Quotas quotas={data.quotas} />
            <Leases leases={data.leases} />
            <TemplatesInUse templates={data.templates} />
            <RateCard card={data.rateCard} />
          </div>
        )}
      </Answer>
    </Container>
  );
}
