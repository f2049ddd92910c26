import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import type {
  DriftResponse,
  ProvisioningRequest,
  Revision,
} from '@fawkes/backstage-plugin-provisioning-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { Instant, layout, Section } from '@fawkes/kit-ui/values';
import { Answer } from '../../components/installed';
import { usePaths } from '../../components/paths';
import { commandsOf } from '../../components/request';
import { DriftLabel, SaidList, SaidText } from '../../components/words';
import { useDrift, useRevisions } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { Review } from './Review';

/** How it differs from what was written, updates to look at, and what was asked for when. */
export function Changes({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const revisions = useRevisions(request.id);
  return (
    <>
      <Answer
        query={revisions}
        skeleton={<TableSkeleton rows={4} label={t('state.loading')} />}
        errorTitle={t('revision.loadFailed')}
      >
        {({ items }) => (
          <>
            {items
              .filter(
                ({ review }) =>
                  review?.state === 'open' || review?.state === 'preparing',
              )
              .map(revision => (
                <Review
                  key={revision.revision}
                  request={request}
                  revision={revision}
                />
              ))}
          </>
        )}
      </Answer>
      {commandsOf(request).update ? <Drift request={request} /> : null}
      {revisions.data ? (
        <Revisions request={request} revisions={revisions.data.items} />
      ) : null}
    </>
  );
}

function Drift({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Section title={t('drift.title')} description={t('drift.text')}>
      <Answer
        query={useDrift(request.id)}
        skeleton={<TableSkeleton rows={3} label={t('state.loading')} />}
        errorTitle={t('drift.loadFailed')}
        asOf={({ asOf }) => asOf}
      >
        {drift => <DriftFacts request={request} drift={drift} />}
      </Answer>
    </Section>
  );
}

function DriftFacts({
  request,
  drift,
}: {
  request: ProvisioningRequest;
  drift: DriftResponse;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const update = usePaths().update(request.id);
  const mayUpdate = request.allowances.some(
    ({ action, allowed }) => action === 'update' && allowed,
  );
  return (
    <div className={layout.stack}>
      <div className={layout.row}>
        <DriftLabel word={drift.word} />
        <span>
          <SaidText said={drift.reason} />
        </span>
      </div>
      {drift.behind && update && mayUpdate ? (
        <div>
          <ButtonLink size="small" variant="secondary" href={update}>
            {t('drift.update', { version: drift.behind.to })}
          </ButtonLink>
        </div>
      ) : null}
      {drift.files.length > 0 ? (
        <ul className={layout.items} aria-label={t('drift.files')}>
          {drift.files.map(file => (
            <li key={file.path} className={layout.item}>
              <span className={layout.spread}>
                <span className={layout.code}>{file.path}</span>
                <DriftLabel word={file.word} />
              </span>
              <span className={layout.small}>
                <SaidText said={file.reason} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Revisions({
  request,
  revisions,
}: {
  request: ProvisioningRequest;
  revisions: readonly Revision[];
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Section title={t('revision.title')} description={t('revision.text')}>
      <ol className={layout.items} reversed aria-label={t('revision.title')}>
        {revisions.map(each => (
          <li key={each.revision} className={layout.item}>
            <span className={layout.spread}>
              <strong>
                {t('revision.number', { number: String(each.revision) })}
                {each.revision === request.revision
                  ? ` ${t('revision.inForce')}`
                  : ''}
              </strong>
              {each.review ? (
                <span className={layout.small}>
                  {t(`review.${each.review.state}`)}
                </span>
              ) : null}
            </span>
            <span className={layout.small}>
              <Instant at={each.acceptedAt} /> ·{' '}
              <EntityName entityRef={each.by} /> · {each.spec.template.name}{' '}
              {each.spec.template.version}
            </span>
            <SaidList items={each.changes} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
