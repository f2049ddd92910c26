import { canonicalJson, compareText } from '@fawkes/kit-contract';
import {
  factTypeOf,
  type Claim,
  type FactEvents,
  type FactType,
} from './claim';
import { hostOfSource, withNormalRepositories } from './factKey';
import { firstsOf, joinFirsts, type Success } from './firstSuccess';
import { normaliseRepository } from '../events/repositoryName';
import { compareRank, rankOf, type Rank } from './precedence';

/** A field told in parts, with what decides about it. @public */
export interface RankedField {
  /** What decides between two values: the higher one stays. */
  rank: Rank;
  /** The value as it was told. */
  value: unknown;
}

/** A whole record with its rank. @public */
export interface RankedRecord {
  /** What decides between two records. */
  rank: Rank;
  /** The record as it was told. */
  event: FactEvents[FactType];
  /**
   * It was read out of its message by an earlier release, and gives way to
   * whatever is read out of one of the same instant.
   */
  before?: true;
}

/**
 * Everything one source claimed about one fact, reduced to what can still
 * matter. Like {@link FactState}, such states form a semilattice.
 * @public
 */
export interface SourceState {
  /** The winning whole record that no tombstone buries. */
  whole?: RankedRecord;
  /**
   * A deployment's newest non-terminal record, where it is newer than the
   * terminal one that wins: it is what is left when that is buried.
   */
  later?: RankedRecord;
  /** The newest tombstone: whatever is not newer is taken back. */
  grave?: RankedRecord;
  /** A deployment's successes that may be its first. */
  firsts?: readonly Success[];
  /** The newest value of each field told in parts. */
  fields?: Record<string, RankedField>;
  /** The earliest value of each instant told in parts. */
  earliest?: Record<string, string>;
}

/**
 * Everything claimed about one fact: one state for each source that told about
 * it, so that what one of them told can be taken away again. States form a
 * semilattice under {@link joinFacts}: joining is commutative, associative and
 * idempotent, which is what makes the intake order-free.
 * @public
 */
export interface FactState {
  /** The kind of fact all the claims are about. */
  type: FactType;
  /**
   * What each source told, by its name; what it told under another name of the
   * repository apart, see {@link placeFact}.
   */
  sources: Record<string, SourceState>;
  /**
   * The name its repository is kept under, where it was told under another one;
   * absent otherwise.
   */
  repository?: string;
}

/** The state that knows one claim. @public */
export function factOf(claim: Claim): FactState {
  if (claim.claim === 'whole') {
    const event = withNormalRepositories(claim.event);
    return {
      type: factTypeOf(event),
      sources: { [event.source]: sourceStateOf(event) },
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
  if (typeof given.formerly === 'string') {
    given.formerly = normaliseRepository(
      given.formerly,
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
    sources: {
      [claim.source]: {
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
      },
    },
  };
}

/** The state of a source that told one record. @public */
export function sourceStateOf(event: FactEvents[FactType]): SourceState {
  const ranked = { rank: rankOfWhole(event), event };
  if (event.deleted) return { grave: ranked };
  const firsts = firstsOf(event);
  return { whole: ranked, ...(firsts ? { firsts } : {}) };
}

/** A record as an earlier release read it. @public */
export function readBefore({ event }: RankedRecord): RankedRecord {
  return { rank: rankOf(event, ''), event, before: true };
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
  const repository = a.repository ?? b.repository;
  return {
    type: a.type,
    ...(repository !== undefined && { repository }),
    sources: joinRecords(a.sources, b.sources, joinSourceStates)!,
  };
}

/** Joins what one source told with what it told besides. @public */
export function joinSourceStates(a: SourceState, b: SourceState): SourceState {
  const joined: SourceState = {};
  const grave = greater(a.grave, b.grave);
  const stands = (record: RankedRecord | undefined) =>
    record && !isBuried(record.rank.at, grave) ? record : undefined;
  const records = [a.whole, a.later, b.whole, b.later].map(stands);
  const whole = records.reduce((x, y) => greater(x, y), undefined);
  if (whole) joined.whole = whole;
  if (whole?.rank.final) {
    const later = records
      .filter(
        record =>
          record !== undefined &&
          !record.rank.final &&
          record.rank.at > whole.rank.at,
      )
      .reduce((x, y) => greater(x, y), undefined);
    if (later) joined.later = later;
  }
  if (grave) joined.grave = grave;
  const replaced = successesReplaced([a.whole, a.later, b.whole, b.later]);
  const firsts = joinFirsts(
    without(a.firsts, replaced),
    without(b.firsts, replaced),
  ).filter(({ at }) => !isBuried(at, grave));
  if (firsts.length > 0) joined.firsts = firsts;
  const fields = joinRecords(a.fields, b.fields, (x, y) => greater(x, y)!);
  if (fields) joined.fields = fields;
  const earliest = joinRecords(a.earliest, b.earliest, (x, y) =>
    compareText(x, y) <= 0 ? x : y,
  );
  if (earliest) joined.earliest = earliest;
  return joined;
}

/** What an earlier release read as a success, where the same is read otherwise now. */
function successesReplaced(
  records: ReadonlyArray<RankedRecord | undefined>,
): Set<string> {
  const replaced = new Set<string>();
  for (const old of records) {
    if (!old?.before) continue;
    const isNow = (record: RankedRecord | undefined) =>
      record && !record.before && record.rank.at === old.rank.at;
    const now = records.find(isNow);
    if (!now) continue;
    const still = canonicalJson(firstsOf(now.event) ?? []);
    for (const success of firstsOf(old.event) ?? []) {
      if (canonicalJson([success]) !== still) {
        replaced.add(canonicalJson(success));
      }
    }
  }
  return replaced;
}

function without(
  firsts: readonly Success[] | undefined,
  replaced: ReadonlySet<string>,
): readonly Success[] | undefined {
  if (replaced.size === 0) return firsts;
  return firsts?.filter(success => !replaced.has(canonicalJson(success)));
}

/** A tombstone buries what was told up to its own instant. @public */
export function isBuried(at: string, grave: RankedRecord | undefined): boolean {
  return grave !== undefined && at <= grave.rank.at;
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
  // A source may be called `__proto__`, which an object would take for its own.
  const joined = new Map(Object.entries(a));
  for (const [name, value] of Object.entries(b)) {
    const known = joined.get(name);
    joined.set(name, known === undefined ? value : join(known, value));
  }
  return Object.fromEntries(joined);
}
