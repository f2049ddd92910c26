import type { Knex } from 'knex';
import {
  factKeyOf,
  factOf,
  factTypeOf,
  joinFacts,
  placeFact,
  type Claim,
  type FactState,
  type FactType,
  type RepositoryNames,
} from '@fawkes/backstage-plugin-delivery-common';
import { sha256 } from '@fawkes/kit-backend/sql';
import { DirtyServices } from '../store/dirty';
import { joinInto, type FactTable } from '../store/factTable';
import {
  commitFacts,
  deploymentFacts,
  incidentFacts,
  otherFacts,
  pullRequestFacts,
  pushFacts,
  repositoryOf,
} from '../store/factTables';
import { lock, INCIDENTS_LOCK, MAPPING_LOCK, NAMES_LOCK } from '../store/locks';
import { NO_NAMES, readNames } from '../store/repositoryNames';
import type { ApplyContext } from './applyContext';
import { buries, buryDeployments } from './buryDeployments';
import { commitsChanged } from './commitEffects';
import { deploymentsChanged } from './deploymentEffects';
import { incidentsChanged } from './incidentEffects';
import { keyOfChange, type ChangeType } from './moveFacts';
import { moveRepositories } from './moveRepositories';
import { namesChange } from './nameRepositories';
import { withoutName } from './people';
import { pullRequestsChanged } from './pullRequestEffects';
import { pushesChanged } from './pushEffects';

/**
 * Tells claims to the store: facts are joined, and every service whose numbers
 * may change by it is stale from then on, all in the caller's transaction.
 *
 * @returns how many facts changed
 */
export async function applyClaims(
  tx: Knex.Transaction,
  claims: readonly Claim[],
  context: ApplyContext,
): Promise<number> {
  const naming = claims.some(isNaming);
  await lock(tx, [NAMES_LOCK], naming ? 'alone' : 'shared');
  const named = await joinInto(
    tx,
    otherFacts('repository'),
    joinClaims(claims.filter(isNaming), NO_NAMES).get('repository') ??
      new Map<string, FactState>(),
    NO_NAMES,
  );
  const change = naming ? await namesChange(tx) : undefined;
  const names = change?.names ?? (await readNames(tx));
  const states = joinClaims(claims, names);
  const of = (type: FactType) =>
    states.get(type) ?? new Map<string, FactState>();
  await lock(
    tx,
    [
      ...locksOf(states),
      ...(change ? [...change.repositories, INCIDENTS_LOCK] : []),
    ],
    'alone',
  );
  if (change || states.has('deployment') || states.has('incident')) {
    const isAlone = change !== undefined || buries(claims);
    await lock(tx, [MAPPING_LOCK], isAlone ? 'alone' : 'shared');
  }
  const join = <T extends FactType>(
    table: FactTable<T>,
    known: ReadonlyMap<string, FactState>,
  ) => joinInto(tx, table, known, names, context.anew);
  const told = of('deployment');
  await buryDeployments(tx, claims, told);

  const dirty = new DirtyServices();
  if (change) await moveRepositories(tx, change, dirty, context);
  const commits = await join(commitFacts, of('commit'));
  await commitsChanged(tx, commits, dirty, context);
  const pushes = await join(pushFacts, of('push'));
  const pulls = await join(pullRequestFacts, of('pull_request'));
  await pullRequestsChanged(tx, pulls, dirty);
  await pushesChanged(tx, pushes, pulls, dirty);
  const deployments = await join(deploymentFacts, told);
  await deploymentsChanged(tx, deployments, dirty, context);
  const incidents = await join(incidentFacts, of('incident'));
  await incidentsChanged(tx, incidents, dirty, context);
  let others = named.length;
  for (const type of [
    'work-item',
    'work-item-transition',
    'feedback',
  ] as const) {
    others += (await join(otherFacts(type), of(type))).length;
  }
  await dirty.save(tx, context.now);
  return (
    commits.length +
    pushes.length +
    pulls.length +
    deployments.length +
    incidents.length +
    others
  );
}

const CHANGES: readonly FactType[] = ['commit', 'push', 'pull_request'];

/** It says what a repository is called. */
function isNaming(claim: Claim): boolean {
  return claim.claim === 'whole'
    ? factTypeOf(claim.event) === 'repository'
    : claim.type === 'repository';
}

/** A tombstone that names no environment is about other facts, and none itself. */
function isGraveOnly(claim: Claim): boolean {
  return (
    claim.claim === 'whole' &&
    claim.event.type === 'deployment' &&
    claim.event.environment === ''
  );
}

/**
 * One state per fact, whatever number of claims tell about it; changes under the
 * names that their repositories are kept under.
 */
function joinClaims(
  claims: readonly Claim[],
  names: RepositoryNames,
): Map<FactType, Map<string, FactState>> {
  const byType = new Map<FactType, Map<string, FactState>>();
  for (const claim of claims.map(withoutName)) {
    if (isGraveOnly(claim)) continue;
    for (const [key, state] of keyed(claim, names)) {
      const states = byType.get(state.type) ?? new Map<string, FactState>();
      const known = states.get(key);
      states.set(key, known ? joinFacts(known, state) : state);
      byType.set(state.type, states);
    }
  }
  return byType;
}

/** What a claim says, under the key it is kept under. */
function keyed(
  claim: Claim,
  names: RepositoryNames,
): Array<[string, FactState]> {
  const state = factOf(claim);
  if (!CHANGES.includes(state.type)) return [[sha256(factKeyOf(claim)), state]];
  const type = state.type as ChangeType;
  const placed = placeFact(state, (name, at) => names.at(name, Date.parse(at)));
  return [...placed].map(([repository, own]) => [
    keyOfChange(type, repository, own),
    own,
  ]);
}

function locksOf(
  states: ReadonlyMap<FactType, ReadonlyMap<string, FactState>>,
): Set<string> {
  const names = new Set<string>();
  for (const [table, type] of [
    [commitFacts, 'commit'],
    [pullRequestFacts, 'pull_request'],
  ] as const) {
    for (const [key, state] of states.get(type) ?? []) {
      names.add(String(table.keyRow(state, key).repository));
    }
  }
  for (const state of states.get('push')?.values() ?? []) {
    names.add(String(repositoryOf(state)));
  }
  if (states.has('incident')) names.add(INCIDENTS_LOCK);
  return names;
}
