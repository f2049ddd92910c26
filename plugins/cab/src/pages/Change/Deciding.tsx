import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger, Text } from '@backstage/ui';
import { STATE_SETS, type Change } from '@fawkes/backstage-plugin-cab-common';
import { SaidText, useEntityTitles } from '@fawkes/kit-ui/query';
import { ErrorState, ReasonDialog, useToast } from '@fawkes/kit-ui/states';
import { layout, StateLabel } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { useScore } from '../../components/words';
import { useCommand, useMe } from '../../hooks';
import type { CabApi } from '../../api';
import { cabTranslationRef } from '../../translation';

const CHOICES = ['approve', 'reject', 'sendBack', 'recuse'] as const;
type Choice = (typeof CHOICES)[number];

/** What somebody decided, about what they looked at. */
interface Given {
  choice: Choice;
  reason: string;
  binding: NonNullable<Change['binding']>;
  /** Whose vote it is, where it is another's. */
  onBehalfOf?: string;
}

function send(
  api: CabApi,
  id: string,
  { choice, reason, binding, onBehalfOf }: Given,
): Promise<Change> {
  switch (choice) {
    case 'sendBack':
      return api.requestChanges({ id, body: { reason } });
    case 'recuse':
      return api.recuse({ id, body: { reason } });
    default:
      return api.castVote({
        id,
        body: {
          ...binding,
          decision: choice,
          reason,
          ...(onBehalfOf !== undefined && { onBehalfOf }),
        },
      });
  }
}

/** The vote for those who may; for those who may not, why; and those for others. */
export function Deciding({ change }: { change: Change }) {
  const me = useMe();
  const isAsked = STATE_SETS.review.some(state => state === change.state);
  const own = change.votes.find(
    ({ userRef, state, round }) =>
      userRef === me && state === 'live' && round === change.round,
  );
  if (!isAsked) return null;
  return (
    <div className={layout.stack}>
      <Own change={change} own={own} />
      {change.mine.voteFor.map(each => (
        <Vote key={each} change={change} onBehalfOf={each} />
      ))}
    </div>
  );
}

function Own({
  change,
  own,
}: {
  change: Change;
  own: Change['votes'][number] | undefined;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  if (own) return <Voted change={change} decision={own.decision} />;
  const why = change.mine.vote;
  if (why) {
    return (
      <StateLabel tone="over">
        {t('votes.mayNot')}: <SaidText said={why} />.
      </StateLabel>
    );
  }
  return <Vote change={change} />;
}

/** Sending back and stepping back are one's own to say; for another one casts a vote. */
const FOR_OTHERS: readonly Choice[] = ['approve', 'reject'];

function Vote({ change, onBehalfOf }: { change: Change; onBehalfOf?: string }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const titleOf = useEntityTitles(onBehalfOf === undefined ? [] : [onBehalfOf]);
  const other = onBehalfOf === undefined ? undefined : titleOf(onBehalfOf);
  const say = useToast();
  const score = useScore();
  const [isOpen, setOpen] = useState(false);
  // What somebody looked at when they opened it: anything newer is refused.
  const [looked, setLooked] = useState(change);
  const command = useCommand(
    (api, given: Given) => send(api, change.id, given),
    () => {
      setOpen(false);
      say({ title: t('vote.kept') });
    },
  );
  const { binding } = looked;
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={next => {
        if (next) setLooked(change);
        command.reset();
        setOpen(next);
      }}
    >
      <div>
        <Button variant={other === undefined ? 'primary' : 'secondary'}>
          {other === undefined
            ? t('vote.open')
            : t('vote.openFor', { who: other })}
        </Button>
      </div>
      <ReasonDialog
        title={
          other === undefined
            ? t('vote.title')
            : t('vote.titleFor', { who: other })
        }
        explanation={t('vote.text', {
          revision: String(looked.revision),
          score: score(looked.score ?? '0'),
        })}
        question={t('vote.question')}
        choices={CHOICES.filter(
          id => onBehalfOf === undefined || FOR_OTHERS.includes(id),
        ).map(id => ({ id, label: t(`vote.${id}`) }))}
        maximum={2_000}
        action={t('vote.action')}
        error={command.error}
        errorTitle={t('vote.failed')}
        isSaving={command.isPending}
        onDecide={({ choice, reason }) => {
          if (binding) command.mutate({ choice, reason, binding, onBehalfOf });
        }}
      />
    </DialogTrigger>
  );
}

function Voted({
  change: { id },
  decision,
}: {
  change: Change;
  decision: 'approve' | 'reject';
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const command = useCommand(api => api.withdrawVote({ id }));
  return (
    <div className={layout.stack}>
      <div className={layout.row}>
        <Text as="p" variant="body-medium">
          {t(`votes.mine.${decision}`)}
        </Text>
        <Button
          size="small"
          variant="secondary"
          isPending={command.isPending}
          onPress={() => command.mutate(undefined)}
        >
          {t('vote.takeBack')}
        </Button>
      </div>
      {command.error ? (
        <ErrorState title={t('vote.takeBackFailed')} error={command.error} />
      ) : null}
    </div>
  );
}
