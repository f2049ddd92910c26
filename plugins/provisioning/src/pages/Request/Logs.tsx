import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { Answer } from '../../components/installed';
import { LogView } from '../../components/log';
import { useEffects } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** What the service and its last build wrote. */
export function Logs({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id, service } = request;
  return (
    <>
      {service.state === 'none' ? null : (
        <Section title={t('logs.service')} description={t('logs.serviceText')}>
          <LogView of={{ id }} label={t('logs.service')} />
        </Section>
      )}
      <Section title={t('logs.build')} description={t('logs.buildText')}>
        <Answer
          query={useEffects(id)}
          skeleton={<TableSkeleton rows={4} label={t('state.loading')} />}
          errorTitle={t('run.loadFailed')}
        >
          {({ items, runs }) => {
            const order = runs.map(run => run.id);
            const [build] = items
              .filter(({ type, hasLog }) => type === 'service:build' && hasLog)
              .sort((a, b) => order.indexOf(a.runId) - order.indexOf(b.runId));
            return build ? (
              <LogView
                key={build.runId}
                of={{ id, effect: build.id, run: build.runId }}
                label={t('logs.build')}
              />
            ) : (
              <p className={layout.quiet}>{t('logs.noBuild')}</p>
            );
          }}
        </Answer>
      </Section>
    </>
  );
}
