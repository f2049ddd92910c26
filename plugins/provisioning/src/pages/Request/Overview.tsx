import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink } from '@backstage/ui';
import type { ProvisioningRequest } from '@fawkes/backstage-plugin-provisioning-common';
import { Instant, layout, Section } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import {
  Actions,
  CodePanel,
  RunSection,
  ServicePanel,
  Things,
} from '../../components/request';
import parts from '../../components/request/request.module.css';
import { CostText, SaidList, SaidText } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';
import { Attic } from './Attic';
import { Offered } from './Offered';
import { OpenReview } from './OpenReview';

const TROUBLE = ['failed', 'needs_person', 'destroy_incomplete'];
const OVER = ['destroyed', 'forgotten'];

/** What a person wants to know first, and what goes on. */
export function Overview({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { state, run, things, findings, reason } = request;
  const isRunning = run.state === 'running';
  const isOver = OVER.includes(state);
  return (
    <>
      <Offered request={request} />
      {TROUBLE.includes(state) ? (
        <Alert
          role="status"
          status={state === 'failed' ? 'danger' : 'warning'}
          icon
          title={t(`request.${state}`)}
          description={
            <div className={layout.tight}>
              {reason ? (
                <span>
                  <SaidText said={reason} />
                </span>
              ) : null}
              <span>{t(`request.next.${state as 'failed'}`)}</span>
            </div>
          }
        />
      ) : null}
      {request.practice ? <Practice request={request} /> : null}
      <OpenReview request={request} />
      <Actions request={request} />
      {isRunning ? <RunSection request={request} /> : null}
      {isOver ? (
        <>
          <Section title={t('request.remained')}>
            {things.length > 0 ? (
              <Things things={things} label={t('request.remained')} />
            ) : (
              <p>{t('request.nothingLeft')}</p>
            )}
          </Section>
          <Attic request={request} />
        </>
      ) : (
        <>
          <div className={parts.grid}>
            <ServicePanel request={request} />
            <CodePanel request={request} />
          </div>
          <NextSteps request={request} />
          {findings.length > 0 ? (
            <Alert
              status="warning"
              icon
              title={t('request.findings')}
              description={<SaidList items={findings} />}
            />
          ) : null}
          <Section
            title={t('request.things')}
            description={t('request.thingsText')}
          >
            {things.length > 0 ? (
              <Things things={things} label={t('request.things')} />
            ) : (
              <p className={layout.quiet}>{t('request.noThings')}</p>
            )}
          </Section>
          <Section title={t('plan.cost')}>
            <p>
              <CostText cost={request.cost} />
            </p>
          </Section>
        </>
      )}
      {isRunning ? null : <RunSection request={request} />}
      <p className={layout.small}>{t(`proven.${request.provenBy}`)}.</p>
    </>
  );
}

function Practice({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Alert
      status="info"
      icon
      title={t('new.practice')}
      description={
        request.endsAt ? (
          <>
            {t('request.endsAt')} <Instant at={request.endsAt} />.
          </>
        ) : (
          t('request.endsLater')
        )
      }
    />
  );
}

/** Where the portal shows more of it: its page in the catalog, and how it delivers. */
function NextSteps({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const { entityRef, links } = request;
  const page = paths.entity(entityRef);
  const delivery = paths.delivery(entityRef);
  if (!page || !links.some(({ kind }) => kind === 'component')) return null;
  return (
    <div className={layout.row}>
      <ButtonLink size="small" variant="secondary" href={page}>
        {t('request.openEntity')}
      </ButtonLink>
      {delivery ? (
        <ButtonLink size="small" variant="secondary" href={delivery}>
          {t('request.openDelivery')}
        </ButtonLink>
      ) : null}
    </div>
  );
}
