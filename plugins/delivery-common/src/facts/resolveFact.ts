import { canonicalJson, compareText } from '@fawkes/kit-contract';
import { TERMINAL_STATUSES } from '../events/deployment';
import type { FactEvents, FactType } from './claim';
import {
  isBuried,
  joinSourceStates,
  type FactState,
  type RankedRecord,
  type SourceState,
} from './factState';
import { firstOf } from './firstSuccess';
import { compareRank } from './precedence';
import { sourceOfTeller } from './placeFact';

/** A fact as far as it is known; `missing` names what it still waits for. @public */
export type ResolvedFact<T extends FactType = FactType> =
  | {
      status: 'known';
      record: FactEvents[T];
      /** A deployment that succeeded before it failed: it was in production. */
      failedLater?: true;
      /** Fields that sources tell differently. */
      differing?: readonly string[];
    }
  | { status: 'deleted' }
  | { status: 'incomplete'; missing: string[] };

const REQUIRED: Record<FactType, readonly string[]> = {
  deployment: ['environment', 'status'],
  commit: ['repository', 'sha'],
  push: ['repository', 'ref', 'after'],
  pull_request: ['repository', 'number', 'openedAt', 'headSha'],
  repository: ['repository'],
  incident: ['openedAt'],
  'work-item': ['title', 'kind', 'createdAt'],
  'work-item-transition': ['workItem', 'to', 'at'],
  feedback: ['at'],
};

/** Facts of which every source knows a part: these are joined field by field. */
const BY_FIELD: readonly FactType[] = ['commit', 'push'];

type Told = Record<string, unknown>;

/**
 * What the claims add up to. What one source told: its winning whole record,
 * overlaid with the parts that are newer, and the earliest of the "first"
 * instants. Several sources are one teller, except about commits and pushes:
 * there, known beats unknown, and of two known values the greater canonical
 * JSON stays.
 * @public
 */
export function resolveFact<T extends FactType>(
  state: FactState,
): ResolvedFact<T> {
  const { type } = state;
  const states = statesBySource(state);
  const grave = states.reduce(
    (found: RankedRecord | undefined, own) =>
      !found || (own.grave && compareRank(own.grave.rank, found.rank) > 0)
        ? own.grave ?? found
        : found,
    undefined,
  );
  const tellers =
    BY_FIELD.includes(type) || states.length === 1
      ? states
      : [states.reduce(joinSourceStates)];
  const differing = new Set<string>();
  const record: Told = {};
  let known = false;
  for (const told of tellers) {
    const own = recordOf(told, grave);
    known ||= Object.keys(own).length > 0;
    for (const [name, value] of Object.entries(own)) {
      record[name] = Object.hasOwn(record, name)
        ? either(name, record[name], value, differing)
        : value;
    }
  }
  if (!known && grave) return { status: 'deleted' };
  for (const { earliest = {} } of states) {
    for (const [name, instant] of Object.entries(earliest)) {
      const least = record[name];
      if (typeof least !== 'string' || instant < least) record[name] = instant;
    }
  }
  const failedLater = type === 'deployment' && settleFirst(record, tellers[0]);
  const required = [
    ...REQUIRED[type],
    ...(isTerminal(record.status) ? ['finishedAt'] : []),
  ];
  const missing = required.filter(name => record[name] === undefined);
  if (missing.length > 0) return { status: 'incomplete', missing };
  if (state.repository !== undefined) record.repository = state.repository;
  if (isChange(type)) {
    record.type = 'change';
    record.kind = type;
  } else {
    record.type = type;
  }
  return {
    status: 'known',
    record: record as unknown as FactEvents[T],
    ...(failedLater ? { failedLater } : {}),
    ...(differing.size > 0 ? { differing: [...differing].sort() } : {}),
  };
}

/** What each source told, under whatever names of the repository. */
function statesBySource({ sources, repository }: FactState): SourceState[] {
  if (repository === undefined) return Object.values(sources);
  const bySource = new Map<string, SourceState>();
  for (const [teller, own] of Object.entries(sources)) {
    const source = sourceOfTeller(teller);
    const known = bySource.get(source);
    bySource.set(source, known ? joinSourceStates(known, own) : own);
  }
  return [...bySource.values()];
}

function isChange(type: FactType): boolean {
  return ['commit', 'push', 'pull_request', 'repository'].includes(type);
}

/** What one source says, as far as no tombstone of anybody buries it. */
function recordOf(
  { whole, later, fields = {} }: SourceState,
  grave: RankedRecord | undefined,
): Told {
  const record = [whole, later].find(
    one => one !== undefined && !isBuried(one.rank.at, grave),
  );
  const newer = Object.entries(fields).filter(
    ([, { rank }]) =>
      !isBuried(rank.at, grave) &&
      (!record || compareRank(rank, record.rank) > 0),
  );
  const told: Told = { ...record?.event };
  for (const [name, field] of newer) told[name] = field.value;
  return told;
}

/** Names who tells and how; that differs from one to the next. */
const OF_THE_TELLER: readonly string[] = [
  'source',
  'id',
  'occurredAt',
  'correlationId',
  'author',
  'url',
  // Several names of one repository.
  'repository',
];

function either(
  name: string,
  a: unknown,
  b: unknown,
  differing: Set<string>,
): unknown {
  const order = compareText(canonicalJson(a), canonicalJson(b));
  if (order !== 0 && !OF_THE_TELLER.includes(name)) differing.add(name);
  return order >= 0 ? a : b;
}

/**
 * A deployment is finished by its first success, which says what was deployed;
 * whatever its sender tells of it later adds facts and moves neither.
 *
 * @returns whether it failed after that
 */
function settleFirst(record: Told, { firsts }: SourceState): boolean {
  const first = firstOf(firsts);
  const { status } = record;
  if (!first || !['success', 'failure', 'rolled_back'].includes(`${status}`)) {
    return false;
  }
  record.finishedAt = first.finishedAt;
  if (Object.keys(first.content).length > 0) {
    for (const name of ['repository', 'sha', 'commits', 'parts']) {
      delete record[name];
    }
    Object.assign(record, first.content);
  }
  if (`${record.startedAt}` > first.finishedAt) delete record.startedAt;
  return status === 'failure';
}

function isTerminal(status: unknown): boolean {
  return (TERMINAL_STATUSES as readonly unknown[]).includes(status);
}
