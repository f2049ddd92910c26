import { canonicalJson, compareText } from '@fawkes/kit-contract';
import {
  factTypeOf,
  type Claim,
  type FactEvents,
  type FactType,
} from './claim';
import { hostOfSource, withNormalRepositories } from './factKey';
import { TERMINAL_STATUSES } from '../events/deployment';
import { normaliseRepository } from '../events/repositoryName';
import { compareRank, rankOf, type Rank } from './precedence';

/** A field told in parts, with what decides about it. @public */
export interface RankedField {
  /** What decides between two values: the higher one stays. */
  rank: Rank;
  /** The value as it was told. */
  value: unknown;
}

/**
 * Everything claimed about one fact, reduced to what can still matter. States
 * form a semilattice under {@link joinFacts}: joining is commutative,
 * associative and idempotent, which is what makes the intake order-free.
 * @public
 */
export interface FactState {
  /** The kind of fact all the claims are about. */
  type: FactType;
  /** The winning whole record, with its rank. */
  whole?: { rank: Rank; event: FactEvents[FactType] };
  /** The newest value of each field told in parts. */
  fields?: Record<string, RankedField>;
  /** The earliest value of each instant told in parts. */
  earliest?: Record<string, string>;
}

/** The state that knows one claim. @public */
export function factOf(claim: Claim): FactState {
  if (claim.claim === 'whole') {
    const event = withNormalRepositories(claim.event);
    return {
      type: factTypeOf(event),
      whole: { rank: rankOfWhole(event), event },
    };
  }
  const given: Record<string, unknown> = {
    source: claim.source,
    id: claim.id,
    occurredAt: claim.occurredAt,
    ...claim.fields,
  };
  if (typeof given.repository === 'string') {
    given.repository = normaliseRepository(
      given.repository,
      hostOfSource(claim.source),
    );
  }
  const at = utc(claim.occurredAt);
  given.occurredAt = at;
  for (const [name, value] of Object.entries(given)) {
    if (/At$|^at$/.test(name) && typeof value === 'string') {
      given[name] = utc(value);
    }
  }
  const rank: Rank = { final: 0, at, state: 0, text: '' };
  const fields = Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        { rank: { ...rank, text: canonicalJson(value) }, value },
      ]),
  );
  return {
    type: claim.type,
    fields,
    ...(claim.earliest
      ? {
          earliest: Object.fromEntries(
            Object.entries(claim.earliest).map(([name, instant]) => [
              name,
              utc(instant),
            ]),
          ),
        }
      : {}),
  };
}

/** The canonical text of a record settles full ties only: seldom enough to wait. */
function rankOfWhole(event: FactEvents[FactType]): Rank {
  let text: string | undefined;
  return {
    ...rankOf(event, ''),
    get text() {
      text ??= canonicalJson(event);
      return text;
    },
  };
}

/** Joins two states of the same fact. @public */
export function joinFacts(a: FactState, b: FactState): FactState {
  const joined: FactState = { type: a.type };
  const whole = greater(a.whole, b.whole);
  if (whole) joined.whole = whole;
  const fields = joinRecords(a.fields, b.fields, (x, y) => greater(x, y)!);
  if (fields) joined.fields = fields;
  const earliest = joinRecords(a.earliest, b.earliest, (x, y) =>
    compareText(x, y) <= 0 ? x : y,
  );
  if (earliest) joined.earliest = earliest;
  return joined;
}

/** A fact as far as it is known; `missing` names what it still waits for. @public */
export type ResolvedFact<T extends FactType = FactType> =
  | { status: 'known'; record: FactEvents[T] }
  | { status: 'deleted' }
  | { status: 'incomplete'; missing: string[] };

const REQUIRED: Record<FactType, readonly string[]> = {
  deployment: ['environment', 'status'],
  commit: ['repository', 'sha', 'authoredAt', 'committedAt'],
  pull_request: ['repository', 'number', 'openedAt', 'headSha'],
  incident: ['openedAt'],
  'work-item': ['title', 'kind', 'createdAt'],
  'work-item-transition': ['workItem', 'to', 'at'],
  feedback: ['at'],
};

/**
 * What the claims add up to: the winning whole record, overlaid with the parts
 * that are newer than it, and the earliest of the "first" instants.
 * @public
 */
export function resolveFact<T extends FactType>(
  state: FactState,
): ResolvedFact<T> {
  const { whole, fields = {}, earliest = {} } = state;
  const newer = Object.entries(fields).filter(
    ([, field]) => !whole || compareRank(field.rank, whole.rank) > 0,
  );
  if (whole?.event.deleted && newer.length === 0) return { status: 'deleted' };
  const record: Record<string, unknown> = whole?.event.deleted
    ? {}
    : { ...whole?.event };
  for (const [name, field] of newer) record[name] = field.value;
  for (const [name, instant] of Object.entries(earliest)) {
    const known = record[name];
    if (typeof known !== 'string' || instant < known) record[name] = instant;
  }
  const required = [
    ...REQUIRED[state.type],
    ...(isTerminal(record.status) ? ['finishedAt'] : []),
  ];
  const missing = required.filter(name => record[name] === undefined);
  if (missing.length > 0) return { status: 'incomplete', missing };
  if (state.type === 'commit' || state.type === 'pull_request') {
    record.type = 'change';
    record.kind = state.type;
  } else {
    record.type = state.type;
  }
  return { status: 'known', record: record as unknown as FactEvents[T] };
}

function isTerminal(status: unknown): boolean {
  return (TERMINAL_STATUSES as readonly unknown[]).includes(status);
}

/** One spelling per instant, because instants are compared as text. */
function utc(instant: string): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new TypeError(`${instant} is not an instant`);
  return new Date(ms).toISOString();
}

function greater<T extends { rank: Rank }>(
  a: T | undefined,
  b: T | undefined,
): T | undefined {
  if (!a || !b) return a ?? b;
  return compareRank(a.rank, b.rank) >= 0 ? a : b;
}

function joinRecords<V>(
  a: Record<string, V> | undefined,
  b: Record<string, V> | undefined,
  join: (x: V, y: V) => V,
): Record<string, V> | undefined {
  if (!a || !b) return a ?? b;
  const joined: Record<string, V> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    joined[name] = name in joined ? join(joined[name], value) : value;
  }
  return joined;
}
