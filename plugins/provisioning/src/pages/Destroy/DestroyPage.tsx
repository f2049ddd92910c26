import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Container, Header } from '@backstage/ui';
import type {
  DestructionResponse,
  ProvisioningRequest,
} from '@fawkes/backstage-plugin-provisioning-common';
import { PageSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { layout, Section } from '@fawkes/kit-ui/values';
import { WhyNotText } from '../../components/access';
import { BelowList } from '../../components/frame';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { Things } from '../../components/request';
import { SaidList } from '../../components/words';
import {
  QueryProvider,
  useDestruction,
  useLiveProvisioning,
  useRequest,
} from '../../hooks';
import { destroyRouteRef } from '../../routes';
import { provisioningTranslationRef } from '../../translation';
import { Confirm } from './Confirm';

/**
 * Taking down what a request made, after seeing what goes, what stays, and who
 * depends on it. What follows is on the page of the request.
 * @public
 */
export function DestroyPage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id } = useRouteRefParams(destroyRouteRef);
  useLiveProvisioning();
  return (
    <Answer
      query={useRequest(id)}
      skeleton={<PageSkeleton label={t('state.loading')} />}
      errorTitle={t('request.loadFailed')}
      frame={BelowList}
    >
      {request => <OfRequest key={request.id} request={request} />}
    </Answer>
  );
}

function OfRequest({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const back = paths.request(request.id);
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('list.title'), href: paths.home() },
            { label: request.title, href: back },
          ]}
        />
      </Container>
      <Header title={t('destroy.title', { name: request.title })} />
      <Container>
        <div className={layout.page}>
          {request.state === 'destroyed' || request.state === 'destroying' ? (
            <Alert
              status="info"
              icon
              title={t(`request.${request.state}`)}
              customActions={
                back ? (
                  <ButtonLink size="small" variant="secondary" href={back}>
                    {t('destroy.look')}
                  </ButtonLink>
                ) : undefined
              }
            />
          ) : (
            <Before request={request} />
          )}
        </div>
      </Container>
    </>
  );
}

function Before({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Answer
      query={useDestruction(request.id)}
      skeleton={<PageSkeleton label={t('state.loading')} />}
      errorTitle={t('destroy.loadFailed')}
      asOf={({ asOf }) => asOf}
    >
      {destruction => (
        <>
          <WhatFollows request={request} destruction={destruction} />
          <Allowed request={request} destruction={destruction} />
        </>
      )}
    </Answer>
  );
}

/** What was made last is taken down first. */
function inOrder(
  { things }: ProvisioningRequest,
  goes: DestructionResponse['goes'],
): DestructionResponse['goes'] {
  const made = things.map(({ effect }) => effect);
  return [...goes].sort(
    (a, b) => made.indexOf(b.effect) - made.indexOf(a.effect),
  );
}

function WhatFollows({
  request,
  destruction,
}: {
  request: ProvisioningRequest;
  destruction: DestructionResponse;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { goes, stays, dependants, othersCommits } = destruction;
  return (
    <>
      {dependants.length > 0 ? (
        <Alert
          status="danger"
          icon
          title={t('destroy.dependants')}
          description={<SaidList items={dependants} />}
        />
      ) : null}
      <Section title={t('destroy.goes')} description={t('destroy.goesText')}>
        {goes.length > 0 ? (
          <Things
            things={inOrder(request, goes)}
            label={t('destroy.goes')}
            isGoing
          />
        ) : (
          <p>{t('destroy.nothingGoes')}</p>
        )}
      </Section>
      {othersCommits.length > 0 ? (
        <Section
          title={t('destroy.commits', { count: othersCommits.length })}
          description={t('destroy.commitsText')}
        >
          <ul className={layout.items} aria-label={t('destroy.commitsLabel')}>
            {othersCommits.map(({ commit, author, subject }) => (
              <li key={commit} className={layout.item}>
                <span>{subject}</span>
                <span className={layout.small}>
                  {author} ·{' '}
                  <span className={layout.code}>{commit.slice(0, 10)}</span>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {stays.length > 0 ? (
        <Section title={t('destroy.stays')}>
          <Things
            things={stays.map(({ thing }) => thing)}
            label={t('destroy.stays')}
            reasonOf={of => stays.find(({ thing }) => thing === of)?.reason}
          />
        </Section>
      ) : null}
    </>
  );
}

function Allowed({
  request,
  destruction,
}: {
  request: ProvisioningRequest;
  destruction: DestructionResponse;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const of = (name: 'destroy' | 'force') =>
    request.allowances.find(({ action }) => action === name);
  const destroy = of('destroy');
  const force = of('force');
  if (!destroy?.allowed && !force?.allowed) {
    return (
      <Alert
        status="warning"
        icon
        title={t('destroy.not')}
        description={destroy ? <WhyNotText allowance={destroy} /> : undefined}
      />
    );
  }
  return (
    <Confirm
      request={request}
      needsForce={destruction.dependants.length > 0 || !destroy?.allowed}
      force={force}
    />
  );
}
