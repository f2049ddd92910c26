import type { Knex } from 'knex';
import {
  factKeyOf,
  factOf,
  joinFacts,
  type Claim,
  type FactState,
  type FactType,
} from '@fawkes/backstage-plugin-delivery-common';
import { sha256 } from '@fawkes/kit-backend/sql';
import { DirtyServices } from '../store/dirty';
import { joinInto } from '../store/factTable';
import {
  commitFacts,
  deploymentFacts,
  incidentFacts,
  otherFacts,
  pullRequestFacts,
  pushFacts,
  repositoryOf,
} from '../store/factTables';
import { lock, INCIDENTS_LOCK, MAPPING_LOCK } from '../store/locks';
import type { ApplyContext } from './applyContext';
import { buries, buryDeployments } from './buryDeployments';
import { commitsChanged } from './commitEffects';
import { deploymentsChanged } from './deploymentEffects';
import { incidentsChanged } from './incidentEffects';
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
  const states = joinClaims(claims);
  const of = (type: FactType) =>
    states.get(type) ?? new Map<string, FactState>();
  await lock(tx, locksOf(states), 'alone');
  if (states.has('deployment') || states.has('incident')) {
    await lock(tx, [MAPPING_LOCK], buries(claims) ? 'alone' : 'shared');
  }
  const told = of('deployment');
  await buryDeployments(tx, claims, told);

  const dirty = new DirtyServices();
  const commits = await joinInto(tx, commitFacts, of('commit'));
  await commitsChanged(tx, commits, dirty, context);
  const pushes = await joinInto(tx, pushFacts, of('push'));
  const pulls = await joinInto(tx, pullRequestFacts, of('pull_request'));
  await pullRequestsChanged(tx, pulls, dirty);
  await pushesChanged(tx, pushes, pulls, dirty);
  const deployments = await joinInto(tx, deploymentFacts, told);
  await deploymentsChanged(tx, deployments, dirty, context);
  const incidents = await joinInto(tx, incidentFacts, of('incident'));
  await incidentsChanged(tx, incidents, dirty, context);
  let others = 0;
  for (const type of [
    'work-item',
    'work-item-transition',
    'feedback',
  ] as const) {
    others += (await joinInto(tx, otherFacts(type), of(type))).length;
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

const CHANGES: readonly FactType[] = ['commit', 'pull_request'];

/** A tombstone that names no environment is about other facts, and none itself. */
function isGraveOnly(claim: Claim): boolean {
  return (
    claim.claim === 'whole' &&
    claim.event.type === 'deployment' &&
    claim.event.environment === ''
  );
}

/** One state per fact, whatever number of claims tell about it. */
function joinClaims(
  claims: readonly Claim[],
): Map<FactType, Map<string, FactState>> {
  const byType = new Map<FactType, Map<string, FactState>>();
  for (const claim of claims.map(withoutName)) {
    if (isGraveOnly(claim)) continue;
    const state = factOf(claim);
    const name = factKeyOf(claim);
    // Changes are kept under their repository and sha or number.
    const key = CHANGES.includes(state.type) ? name : sha256(name);
    const states = byType.get(state.type) ?? new Map<string, FactState>();
    const known = states.get(key);
    states.set(key, known ? joinFacts(known, state) : state);
    byType.set(state.type, states);
  }
  return byType;
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
