import { useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Container, Header } from '@backstage/ui';
import type {
  ProvisioningRequest,
  TemplatesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { PageSkeleton, WayBack } from '@fawkes/kit-ui/states';
import { layout } from '@fawkes/kit-ui/values';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Refused, WhyNotText } from '../../components/access';
import {
  draftOf,
  SpecFields,
  specOf,
  type Template,
} from '../../components/form';
import { BelowList } from '../../components/frame';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { PlanStep, usePlanning, type CarryOut } from '../../components/plan';
import { QueryProvider, useRequest, useTemplates } from '../../hooks';
import { updateRouteRef } from '../../routes';
import { provisioningTranslationRef } from '../../translation';

/**
 * Another spec for a request: the form begins with how it is now, and what is
 * sent holds only if nobody changed it meanwhile.
 * @public
 */
export function UpdatePage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id } = useRouteRefParams(updateRouteRef);
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
  const allowance = request.allowances.find(
    ({ action }) => action === 'update',
  );
  return (
    <>
      <Container>
        <WayBack
          trail={[
            { label: t('list.title'), href: paths.home() },
            { label: request.title, href: paths.request(request.id) },
          ]}
        />
      </Container>
      <Header title={t('update.title', { name: request.title })} />
      <Container>
        <div className={layout.page}>
          {allowance?.allowed ? (
            <WithTemplates request={request} />
          ) : (
            <Alert
              status="warning"
              icon
              title={t('update.not')}
              description={
                allowance ? <WhyNotText allowance={allowance} /> : undefined
              }
            />
          )}
        </div>
      </Container>
    </>
  );
}

function WithTemplates({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Answer
      query={useTemplates()}
      skeleton={<PageSkeleton label={t('state.loading')} />}
      errorTitle={t('new.loadFailed')}
    >
      {templates => <Form request={request} templates={templates} />}
    </Answer>
  );
}

function Form({
  request,
  templates,
}: {
  request: ProvisioningRequest;
  templates: TemplatesResponse;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const planning = usePlanning();
  // How it was when the form was opened: what is sent replaces that and nothing else.
  const [opened] = useState(request);
  const { spec, name } = opened;
  const [draft, setDraft] = useState(() => draftOf(name, spec));
  const [tried, setTried] = useState(false);
  const newest = templates.items.find(each => each.name === spec.template.name);
  const template = useMemo(
    (): Template => ({
      title: spec.template.name,
      description: '',
      ...(newest ?? spec.template),
      type: spec.type,
      language: spec.language,
      ci: spec.ci,
    }),
    [newest, spec],
  );
  const { faults, spec: next } = specOf(draft, template);
  const isNewer = template.treeHash !== spec.template.treeHash;

  const carryOut = async (how: CarryOut) => {
    const answer = await planning.carryOut({
      ...how,
      mode: 'update',
      ifDigest: opened.specDigest,
    });
    const href = answer && paths.request(answer.id);
    if (href) navigate(href);
  };

  if (planning.plan) {
    return (
      <PlanStep
        planning={planning}
        plan={planning.plan}
        makeLabel={t('update.make')}
        onCarryOut={carryOut}
      />
    );
  }
  return (
    <form
      className={`${layout.fields} ${layout.narrow}`}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        setTried(true);
        if (next) {
          planning.look({
            kind: 'service',
            namespace: opened.namespace,
            name,
            spec: next,
          });
        }
      }}
    >
      <p>{t('update.text')}</p>
      {request.specDigest === opened.specDigest ? null : (
        <Alert
          role="alert"
          status="warning"
          icon
          title={t('update.stale')}
          description={t('refused.STALE_DIGEST')}
        />
      )}
      <Alert
        status="info"
        icon
        title={
          isNewer
            ? t('update.template', {
                name: template.name,
                from: spec.template.version,
                to: template.version,
              })
            : t('update.sameTemplate', {
                name: template.name,
                version: template.version,
              })
        }
        description={newest ? undefined : t('update.noTemplate')}
      />
      <dl className={layout.facts}>
        <div>
          <dt>{t('form.name')}</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt>{t('form.owner')}</dt>
          <dd>
            <EntityName entityRef={spec.owner} />
          </dd>
        </div>
        <div>
          <dt>{t('form.repository')}</dt>
          <dd>{t(`host.${spec.repository.host}`)}</dd>
        </div>
      </dl>
      <p className={layout.small}>{t('update.fixed')}</p>
      <SpecFields
        draft={draft}
        faults={tried ? faults : {}}
        onChange={patch => setDraft(now => ({ ...now, ...patch }))}
      />
      <Refused error={planning.planError} title={t('new.planFailed')} />
      <div>
        <Button type="submit" variant="primary" isPending={planning.isPlanning}>
          {t('new.plan')}
        </Button>
      </div>
    </form>
  );
}
