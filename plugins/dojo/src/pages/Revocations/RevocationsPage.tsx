import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Revocation } from '@fawkes/backstage-plugin-dojo-common';
import { EntityName, Loaded } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { Instant, layout, Section } from '@fawkes/kit-ui/values';
import { BesidePage } from '../../components/BesidePage';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useRevocations, useRevoke } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import { Propose } from './Propose';

/** Taking awards back: one proposes, a second one confirms. */
export function RevocationsPage() {
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <BesidePage
      title={t('revocations.title')}
      description={t('revocations.description')}
    >
      <div className={layout.page}>
        <Propose />
        <Section title={t('revocations.all')}>
          <Loaded
            query={useRevocations()}
            skeleton={<TableSkeleton rows={3} label={t('state.loading')} />}
            errorTitle={t('revocations.failed')}
          >
            {({ items }) =>
              items.length === 0 ? (
                <p>{t('revocations.none')}</p>
              ) : (
                <ul className={layout.items}>
                  {items.map(each => (
                    <Entry key={each.id} revocation={each} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </Section>
      </div>
    </BesidePage>
  );
}

function Entry({ revocation }: { revocation: Revocation }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { confirm } = useRevoke();
  const { id, belt, reason, confirmedBy, confirmedAt, mayConfirm } = revocation;
  return (
    <li className={layout.item}>
      <strong>
        {t(confirmedAt ? 'revocations.done' : 'revocations.waits', { belt })}
      </strong>
      <p>{reason}</p>
      <span className={layout.small}>
        {t('revocations.awarded')} <Instant at={revocation.awardedAt} />
      </span>
      <span className={layout.small}>
        {t('revocations.proposed')}{' '}
        <EntityName entityRef={revocation.proposedBy} />,{' '}
        <Instant at={revocation.proposedAt} />
      </span>
      {confirmedBy && confirmedAt ? (
        <span className={layout.small}>
          {t('revocations.confirmed')} <EntityName entityRef={confirmedBy} />,{' '}
          <Instant at={confirmedAt} />
        </span>
      ) : null}
      {mayConfirm ? (
        <div>
          <ConfirmDialog
            open={t('revocations.confirm')}
            action={t('revocations.revoke')}
            errorTitle={t('revocations.notKept')}
            error={confirm.error}
            isPending={confirm.isPending}
            onOpen={confirm.reset}
            onConfirm={() => confirm.mutateAsync(id)}
          >
            <p>{t('revocations.explain')}</p>
            <p>{reason}</p>
          </ConfirmDialog>
        </div>
      ) : null}
      {!mayConfirm && !confirmedAt ? (
        <span className={layout.quiet}>{t('revocations.second')}</span>
      ) : null}
    </li>
  );
}
