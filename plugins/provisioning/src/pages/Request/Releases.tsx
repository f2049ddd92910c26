import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type {
  ProvisioningRequest,
  Release,
} from '@fawkes/backstage-plugin-provisioning-common';
import { EntityName } from '@fawkes/kit-ui/query';
import { EmptyState } from '@fawkes/kit-ui/states';
import { Instant, layout, Section } from '@fawkes/kit-ui/values';
import { RiArrowGoBackLine } from '@remixicon/react';
import { ActionDialog } from '../../components/access';
import { commandsOf } from '../../components/request';
import { ReleaseStateLabel, SaidText } from '../../components/words';
import { useCommand } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';

/** What was deployed, newest first, each with the way back to it. */
export function Releases({ request }: { request: ProvisioningRequest }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { releases, waitingCommit } = request;
  return (
    <Section title={t('release.title')} description={t('release.text')}>
      {waitingCommit ? (
        <p role="status">
          {t('release.waiting', { commit: waitingCommit.slice(0, 10) })}
        </p>
      ) : null}
      {releases.length === 0 ? (
        <EmptyState
          title={t('release.none')}
          description={t(
            request.spec.repository.host === 'github'
              ? 'release.elsewhere'
              : 'release.noneText',
          )}
        />
      ) : (
        <ul className={layout.items} aria-label={t('release.title')}>
          {releases.map((release, index) => (
            <OneRelease
              key={`${release.runId}:${index}`}
              request={request}
              release={release}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function OneRelease({
  request,
  release,
}: {
  request: ProvisioningRequest;
  release: Release;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { id, allowances } = request;
  const { digest, commit, healthy, current, kind, state, reason, at, by } =
    release;
  const back = useCommand(api => api.rollback({ id, body: { digest } }));
  const canGoBack = commandsOf(request).rollback && healthy && !current;
  return (
    <li className={layout.item}>
      <div className={layout.spread}>
        <span className={layout.row}>
          <strong className={layout.code} title={commit}>
            {commit.slice(0, 10)}
          </strong>
          <ReleaseStateLabel state={state} />
          {current ? <Badge size="small">{t('release.current')}</Badge> : null}
          {kind === 'rollback' ? (
            <Badge size="small">{t('run.rollback')}</Badge>
          ) : null}
        </span>
        {canGoBack ? (
          <ActionDialog
            allowances={allowances}
            action="rollback"
            label={t('release.back')}
            icon={<RiArrowGoBackLine aria-hidden />}
            confirm={t('action.rollbackDo')}
            isPending={back.isPending}
            error={back.error}
            onConfirm={() => back.mutateAsync(undefined)}
            onReset={back.reset}
          >
            <p>{t('release.backText', { commit: commit.slice(0, 10) })}</p>
            <p className={layout.quiet}>{t('action.rollbackData')}</p>
          </ActionDialog>
        ) : null}
      </div>
      {reason ? (
        <p>
          <SaidText said={reason} />
        </p>
      ) : null}
      <span className={layout.small}>
        <Instant at={at} /> · <EntityName entityRef={by} /> ·{' '}
        <span title={digest}>
          {t('release.digest', { digest: digest.slice(0, 12) })}
        </span>
      </span>
    </li>
  );
}
