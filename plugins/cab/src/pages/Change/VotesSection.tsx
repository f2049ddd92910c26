import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Change, ChangeVote } from '@fawkes/backstage-plugin-cab-common';
import { EntityName, SaidText, useEntityTitles } from '@fawkes/kit-ui/query';
import {
  Instant,
  layout,
  Section,
  StateLabel,
  useFormat,
} from '@fawkes/kit-ui/values';
import { useTerm } from '../../components/words';
import { cabTranslationRef } from '../../translation';
import own from './Change.module.css';
import { Deciding } from './Deciding';

/** Who must say yes, what was said so far, and the way to say something. */
export function VotesSection({ change }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <Section title={t('votes.title')}>
      <div className={layout.stack}>
        <Required change={change} />
        <Clock clock={change.clock} />
        {change.automatic ? (
          <Text as="p" variant="body-medium">
            <SaidText said={change.automatic} />
          </Text>
        ) : null}
        <Deciding change={change} />
        <Votes votes={change.votes} />
        <Involved change={change} />
      </div>
    </Section>
  );
}

/** Until when somebody has to decide, and what follows when nobody does. */
function Clock({ clock }: Pick<Change, 'clock'>) {
  const { t } = useTranslationRef(cabTranslationRef);
  const format = useFormat();
  if (!clock) return null;
  const { escalatesAt, defersAt } = clock;
  return (
    <Text as="p" variant="body-small" color="secondary">
      {escalatesAt
        ? t('votes.escalates', { at: format.instant(escalatesAt) })
        : t('votes.late')}{' '}
      {defersAt ? t('votes.defers', { at: format.instant(defersAt) }) : null}
    </Text>
  );
}

function Required({ change: { requirement } }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const titleOf = useEntityTitles([
    ...(requirement?.pool ?? []),
    ...(requirement?.atLeast.map(({ group }) => group) ?? []),
  ]);
  if (!requirement) {
    return (
      <Text as="p" variant="body-medium" color="secondary">
        {t('votes.notAsked')}
      </Text>
    );
  }
  const { min, pool, atLeast, escalated, lacking } = requirement;
  return (
    <div className={layout.tight}>
      <Text as="p" variant="body-medium">
        {t('votes.need', { count: min, pool: pool.map(titleOf).join(', ') })}{' '}
        {atLeast
          .map(({ group, n }) =>
            group === 'outside'
              ? t('votes.outside', { number: String(n) })
              : t('votes.atLeast', {
                  number: String(n),
                  group: titleOf(group),
                }),
          )
          .join(' ')}
      </Text>
      <Text as="p" variant="body-medium" weight="bold">
        {t('votes.lacking', { count: lacking })}
      </Text>
      {escalated ? (
        <Text as="p" variant="body-small" color="secondary">
          {t('votes.escalated')}
        </Text>
      ) : null}
    </div>
  );
}

function Votes({ votes }: { votes: readonly ChangeVote[] }) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (votes.length === 0) {
    return (
      <Text as="p" variant="body-medium" color="secondary">
        {t('votes.none')}
      </Text>
    );
  }
  return (
    <ul className={layout.items} aria-label={t('votes.list')}>
      {votes.map(vote => (
        <li key={vote.id} className={layout.item}>
          <span className={layout.spread}>
            <Voted vote={vote} />
            <span className={layout.small}>
              <Instant at={vote.at} />
            </span>
          </span>
          <p className={own.text}>{vote.reason ?? t('votes.noReason')}</p>
          {vote.state === 'live' ? null : (
            <span className={layout.small}>
              {t(`votes.${vote.state}`)}
              {vote.why ? (
                <>
                  : <SaidText said={vote.why} />
                </>
              ) : null}{' '}
              · {t('votes.of', { revision: String(vote.revision) })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Voted({ vote }: { vote: ChangeVote }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const live = vote.decision === 'approve' ? 'good' : 'bad';
  return (
    <StateLabel tone={vote.state === 'live' ? live : 'over'}>
      <EntityName entityRef={vote.userRef} /> {t(`votes.${vote.decision}`)}
      {vote.castBy ? (
        <>
          {' '}
          ({t('votes.castBy')} <EntityName entityRef={vote.castBy} />)
        </>
      ) : null}
    </StateLabel>
  );
}

function Involved({ change: { involved } }: { change: Change }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const term = useTerm();
  if (involved.length === 0) return null;
  return (
    <div className={layout.tight}>
      <strong>{t('involved.title')}</strong>
      <Text as="p" variant="body-small" color="secondary">
        {t('involved.text')}
      </Text>
      <ul className={layout.points}>
        {involved.map(({ who, duty, known }) => (
          <li key={`${who} ${duty}`}>
            {known ? <EntityName entityRef={who} /> : who}: {term('duty', duty)}
            {known ? null : ` (${t('involved.unknown')})`}
          </li>
        ))}
      </ul>
    </div>
  );
}
