import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  CalendarPeriod,
  CalendarResponse,
  PlannedChange,
} from '@fawkes/backstage-plugin-cab-common';
import { layout, MaybeLink, Section, StateLabel } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/paths';
import { ChangeStateLabel } from '../../components/words';
import { cabTranslationRef } from '../../translation';
import { Range } from './Periods';

/** Change requests that say when they start, with what they meet. */
export function Planned({ data }: { data: CalendarResponse }) {
  const { t } = useTranslationRef(cabTranslationRef);
  const title = t('calendar.planned');
  return (
    <Section title={title} description={t('calendar.plannedText')}>
      {data.changes.length === 0 ? (
        <Text as="p" variant="body-medium" color="secondary">
          {t('calendar.plannedNone')}
        </Text>
      ) : (
        <ul className={layout.items} aria-label={title}>
          {data.changes.map(change => (
            <Item key={change.id} change={change} periods={data.periods} />
          ))}
        </ul>
      )}
      {data.more ? (
        <Text as="p" variant="body-medium" color="secondary">
          {t('calendar.more')}
        </Text>
      ) : null}
    </Section>
  );
}

function Item({
  change,
  periods,
}: {
  change: PlannedChange;
  periods: readonly CalendarPeriod[];
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const { id, title, entity, environment, state, freezes, conflicts } = change;
  const titleOf = (rule: string) =>
    periods.find(each => each.kind === 'freeze' && each.rule === rule)?.title ??
    rule;
  return (
    <li className={layout.item}>
      <span className={layout.spread}>
        <MaybeLink href={paths.change(id)}>{title}</MaybeLink>
        <ChangeStateLabel state={state} />
      </span>
      <Range {...change} />
      <span className={layout.small}>
        {entity.title} · {environment}
      </span>
      {freezes.map(rule => (
        <StateLabel key={rule} tone="bad">
          {t('calendar.meetsFreeze', { title: titleOf(rule) })}
        </StateLabel>
      ))}
      {conflicts.map(other => (
        <span key={other.id} className={layout.row}>
          <StateLabel tone="care">{t('calendar.meets')}</StateLabel>
          <MaybeLink href={paths.change(other.id)}>{other.title}</MaybeLink>
        </span>
      ))}
    </li>
  );
}
