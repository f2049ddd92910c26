import type { Entity } from '@backstage/catalog-model';
import {
  MAX_CALENDAR_DAYS,
  UNFINISHED,
  USUAL_CALENDAR_DAYS,
  type CalendarPeriod,
  type CalendarQuery,
  type CalendarResponse,
  type CalendarRule,
} from '@fawkes/backstage-plugin-cab-common';
import {
  freezesIn,
  meets,
  neighboursOf,
  occurrencesOf,
  type Interval,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { Viewer } from '@fawkes/kit-backend/access';
import { select } from '@fawkes/kit-backend/sql';
import { compareText } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { missing } from '../cases/refusals';
import type { CabConfig } from '../config';
import { calendarOf } from '../facts/readFacts';
import { databaseNow } from '../store/database';
import { changes, type ChangeRow } from '../store/tables';
import { iso } from './summary';

const DAY_MS = 86_400_000;
/** Most change requests that are listed. */
const LISTED = 200;

/** What the calendar is read from. */
interface Deps {
  db: Knex;
  config: Pick<CabConfig, 'calendar'>;
}

type Rule = CalendarRule & { entities?: string[] };

/**
 * What of the calendar somebody may see: freezes and maintenance windows of
 * everything or of entities they see, and unfinished change requests of those
 * that say when they start.
 */
export async function plannedOf(
  { db, config }: Deps,
  viewer: Pick<Viewer, 'entities'>,
  query: CalendarQuery,
): Promise<CalendarResponse> {
  const now = await databaseNow(db);
  const window = windowOf(query, now);
  const { freezes, maintenance } = config.calendar;
  const rows = await plannedRows(db, window, query.entityRef);
  const entities = await viewer.entities([
    ...[...freezes, ...maintenance].flatMap(rule => rule.entities ?? []),
    ...rows.map(row => row.entity_ref),
  ]);
  const periodsOf = (kind: CalendarPeriod['kind'], rules: readonly Rule[]) =>
    rules.flatMap(rule => periods(kind, rule, window, entities));
  const shown = rows.filter(row => entities.has(row.entity_ref));
  const forEntity = (period: CalendarPeriod) =>
    query.entityRef === undefined ||
    !period.entities ||
    period.entities.some(({ ref }) => ref === query.entityRef);
  return {
    asOf: iso(now),
    from: iso(window.from),
    to: iso(window.to),
    businessHours: config.calendar.businessHours,
    periods: [
      ...periodsOf('freeze', freezes),
      ...periodsOf('maintenance', maintenance),
    ]
      .filter(forEntity)
      .sort(
        (a, b) => compareText(a.from, b.from) || compareText(a.rule, b.rule),
      ),
    changes: shown.slice(0, LISTED).map(row => ({
      id: row.id,
      title: row.title,
      entity: { ref: row.entity_ref, title: row.entity_title },
      environment: row.environment,
      state: row.state,
      from: iso(row.window_from!),
      to: iso(row.window_to!),
      freezes: freezesIn(timeOf(row), calendarOf(config, row.entity_ref)).map(
        ({ id }) => id,
      ),
      conflicts: conflictsOf(row, shown, entities),
    })),
    more: rows.length > LISTED,
  };
}

/** @throws InputError for a stretch that ends before it begins, or is too long */
function windowOf({ from, to }: CalendarQuery, now: number): Interval {
  const begin = from === undefined ? now : Date.parse(from);
  const end =
    to === undefined ? begin + USUAL_CALENDAR_DAYS * DAY_MS : Date.parse(to);
  if (end <= begin) throw missing('calendar.order');
  if (end - begin > MAX_CALENDAR_DAYS * DAY_MS) {
    throw missing('calendar.long', { days: MAX_CALENDAR_DAYS });
  }
  return { from: begin, to: end };
}

function plannedRows(db: Knex, { from, to }: Interval, entityRef?: string) {
  const query = db(changes.name)
    .whereIn('state', [...UNFINISHED])
    .where('window_from', '<', to)
    .where('window_to', '>', from);
  if (entityRef !== undefined) query.where('entity_ref', entityRef);
  return select(
    query
      .orderBy('window_from')
      .orderBy('id')
      .limit(LISTED + 1),
    changes,
  );
}

/** When a rule holds; none for one that is about entities nobody may see here. */
function periods(
  kind: CalendarPeriod['kind'],
  rule: Rule,
  window: Interval,
  visible: ReadonlyMap<string, Entity>,
): CalendarPeriod[] {
  const own = rule.entities?.flatMap(ref => {
    const entity = visible.get(ref);
    if (!entity) return [];
    const { title, name } = entity.metadata;
    return [{ ref, title: title ?? name }];
  });
  if (own?.length === 0) return [];
  return occurrencesOf(rule, window).map(each => ({
    kind,
    rule: rule.id,
    title: rule.title,
    from: iso(each.from),
    to: iso(each.to),
    zone: rule.zone,
    entities: own ?? null,
  }));
}

/** Which of the others meet it, next to it. */
function conflictsOf(
  row: ChangeRow,
  others: readonly ChangeRow[],
  entities: ReadonlyMap<string, Entity>,
) {
  const near = neighboursOf(row.entity_ref, entities.get(row.entity_ref)!);
  return others
    .filter(
      each =>
        each.id !== row.id &&
        near.has(each.entity_ref) &&
        meets(timeOf(row), timeOf(each)),
    )
    .map(({ id, title }) => ({ id, title }));
}

function timeOf({ window_from, window_to }: ChangeRow): Interval {
  return { from: window_from!, to: window_to! };
}
