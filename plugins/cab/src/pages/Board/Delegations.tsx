import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger, Text } from '@backstage/ui';
import type { CabDelegation } from '@fawkes/backstage-plugin-cab-common';
import { EntityName } from '@fawkes/kit-ui/query';
import {
  isNotInstalled,
  ReasonDialog,
  TableSkeleton,
} from '@fawkes/kit-ui/states';
import { Instant, layout, Section, StateLabel } from '@fawkes/kit-ui/values';
import { useState } from 'react';
import { Answer } from '../../components/installed';
import { useDelegationCommand, useDelegations } from '../../hooks';
import { cabTranslationRef } from '../../translation';
import { NameDelegate } from './NameDelegate';

/** Who of the board votes for whom; nothing for whoever has no part in it. */
export function Delegations() {
  const { t } = useTranslationRef(cabTranslationRef);
  const query = useDelegations();
  const { data } = query;
  if (isNotInstalled(query.error)) return null;
  if (data && data.items.length === 0 && data.mine.name !== null) return null;
  return (
    <Section title={t('delegations.title')} description={t('delegations.text')}>
      <Answer
        query={query}
        skeleton={<TableSkeleton rows={1} label={t('delegations.loading')} />}
        errorTitle={t('delegations.loadFailed')}
      >
        {({ items, mine }) => (
          <div className={layout.stack}>
            {items.length === 0 ? (
              <Text as="p" variant="body-medium" color="secondary">
                {t('delegations.none')}
              </Text>
            ) : (
              <ul className={layout.items} aria-label={t('delegations.title')}>
                {items.map(each => (
                  <Item key={each.id} delegation={each} />
                ))}
              </ul>
            )}
            {mine.name === null ? (
              <div>
                <NameDelegate candidates={mine.candidates} />
              </div>
            ) : null}
          </div>
        )}
      </Answer>
    </Section>
  );
}

function Item({ delegation }: { delegation: CabDelegation }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const { from, to, startsAt, endsAt, status, reason, mine } = delegation;
  return (
    <li className={layout.item}>
      <span className={layout.spread}>
        <StateLabel tone={status === 'active' ? 'good' : 'waiting'}>
          <EntityName entityRef={to} /> {t('delegations.votesFor')}{' '}
          <EntityName entityRef={from} />
        </StateLabel>
        <span className={layout.small}>
          <Instant at={startsAt} /> – <Instant at={endsAt} />
        </span>
      </span>
      {reason ? <span className={layout.small}>{reason}</span> : null}
      {mine.end === null ? <End delegation={delegation} /> : null}
    </li>
  );
}

function End({ delegation: { id } }: { delegation: CabDelegation }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const command = useDelegationCommand(
    (api, reason: string) => api.endDelegation({ id, body: { reason } }),
    () => setOpen(false),
  );
  const label = t('delegations.end');
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={next => {
        command.reset();
        setOpen(next);
      }}
    >
      <div>
        <Button size="small" variant="secondary">
          {label}
        </Button>
      </div>
      <ReasonDialog
        title={label}
        explanation={t('delegations.endText')}
        choices={[{ id: 'end', label }]}
        maximum={2_000}
        action={label}
        error={command.error}
        errorTitle={t('delegations.failed')}
        isSaving={command.isPending}
        onDecide={({ reason }) => command.mutate(reason)}
      />
    </DialogTrigger>
  );
}
