import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { EmptyState, PageSkeleton } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { Answer } from '../components/installed';
import { usePaths } from '../components/paths';
import {
  Actions,
  CodePanel,
  RunSection,
  ServicePanel,
} from '../components/request';
import parts from '../components/request/request.module.css';
import { DriftLabel, RequestStateLabel, SaidText } from '../components/words';
import {
  QueryProvider,
  useDrift,
  useLiveProvisioning,
  useRequest,
} from '../hooks';
import { provisioningTranslationRef } from '../translation';
import { requestOf } from './requestOf';

/**
 * The Service tab of a Component that was made here: how it runs, and the
 * buttons of its second day. Needs an entity page around it.
 * @public
 */
export function EntityProvisioning() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { entity } = useEntity();
  const id = requestOf(entity);
  if (id === undefined) {
    return (
      <EmptyState title={t('entity.none')} description={t('entity.noneText')} />
    );
  }
  return (
    <QueryProvider>
      <Content id={id} />
    </QueryProvider>
  );
}

function Content({ id }: { id: string }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  useLiveProvisioning();
  return (
    <Answer
      query={useRequest(id)}
      skeleton={<PageSkeleton label={t('state.loading')} />}
      errorTitle={t('request.loadFailed')}
    >
      {request => <Tab request={request} />}
    </Answer>
  );
}

function Tab({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const href = usePaths().request(request.id);
  const isRunning = request.run.state === 'running';
  return (
    <div className={layout.page}>
      <div className={layout.spread}>
        <span className={layout.row}>
          <RequestStateLabel state={request.state} />
          {request.reason ? (
            <span>
              <SaidText said={request.reason} />
            </span>
          ) : null}
        </span>
        {href ? (
          <ButtonLink size="small" variant="secondary" href={href}>
            {t('entity.open')}
          </ButtonLink>
        ) : null}
      </div>
      <Actions request={request} />
      {isRunning ? <RunSection request={request} /> : null}
      <div className={parts.grid}>
        <ServicePanel request={request} />
        <CodePanel request={request} />
      </div>
      <Drift id={request.id} />
    </div>
  );
}

function Drift({ id }: { id: string }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const changes = usePaths().request(id, 'changes');
  return (
    <Section
      title={t('drift.title')}
      actions={
        changes ? (
          <ButtonLink size="small" variant="tertiary" href={changes}>
            {t('entity.changes')}
          </ButtonLink>
        ) : undefined
      }
    >
      <Answer
        query={useDrift(id)}
        skeleton={<p>{t('state.loading')}</p>}
        errorTitle={t('drift.loadFailed')}
      >
        {({ word, reason }) => (
          <div className={layout.row}>
            <DriftLabel word={word} />
            <span>
              <SaidText said={reason} />
            </span>
          </div>
        )}
      </Answer>
    </Section>
  );
}
