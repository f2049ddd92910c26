import type { Knex } from 'knex';
import {
  buryingClaim,
  factKeyOf,
  factOf,
  graveName,
  graveOf,
  joinFacts,
  type Buried,
  type Claim,
  type FactState,
  type Grave,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  insertRows,
  isPostgres,
  perRow,
  sha256,
} from '@fawkes/kit-backend/sql';
import { deploymentFacts, told } from '../store/factTables';
import { tables, type Stored } from '../store/tables';

/**
 * Whether any of the claims takes something back: then nobody may tell a
 * deployment at the same time that would not see it.
 */
export function buries(claims: readonly Claim[]): boolean {
  return claims.some(claim => graveOf(claim) !== undefined);
}

/**
 * Adds what tombstones say to the states that are told: those told now hold for
 * facts that are known, and those of before for facts that are told now.
 *
 * @param states - of deployments, by the hash of their identity
 */
export async function buryDeployments(
  tx: Knex.Transaction,
  claims: readonly Claim[],
  states: Map<string, FactState>,
): Promise<void> {
  const graves = claims.flatMap(claim => graveOf(claim) ?? []);
  if (graves.length > 0) {
    await keep(tx, graves);
    for (const fact of await knownFacts(tx, graves)) {
      for (const grave of graves) add(states, grave, fact);
    }
  }
  const facts = [...states.values()].map(toBuried);
  for (const grave of await gravesOf(tx, facts)) {
    for (const fact of facts) add(states, grave, fact);
  }
}

function add(states: Map<string, FactState>, grave: Grave, fact: Buried): void {
  const claim = buryingClaim(grave, fact);
  if (!claim) return;
  const key = sha256(fact.key);
  const state = factOf(claim);
  const known = states.get(key);
  states.set(key, known ? joinFacts(known, state) : state);
}

async function keep(
  tx: Knex.Transaction,
  graves: readonly Grave[],
): Promise<void> {
  const rows = new Map<string, Stored<'deploymentGraves'>>();
  for (const grave of graves) {
    const grave_key = sha256(graveName(grave));
    const known = rows.get(grave_key);
    if (known && known.at >= grave.at) continue;
    const { id, ...rest } = grave;
    rows.set(grave_key, { grave_key, ext_id: id, ...rest });
  }
  const ordered = [...rows.keys()].sort().map(key => rows.get(key)!);
  const greatest = isPostgres(tx) ? 'greatest' : 'max';
  await insertRows(tx, tables.deploymentGraves, ordered, {
    update: `at = ${greatest}(deployment_graves.at, excluded.at)`,
  });
}

const NAME = { source: 'text', ext_id: 'text' } as const;

/** Facts some tombstones may be about. */
async function knownFacts(
  tx: Knex.Transaction,
  graves: readonly Grave[],
): Promise<Buried[]> {
  const rows: Array<Stored<'deploymentFacts'>> = await tx
    .select('deployment_facts.*')
    .from(
      perRow(
        tx,
        NAME,
        distinct(graves),
        'deployment_facts',
        `deployment_facts.ext_id = k.ext_id
          and coalesce(deployment_facts.source, '') = k.source`,
      ),
    );
  return rows.map(({ source, ext_id, service, environment }) =>
    withKey({ source, id: ext_id, service, environment }),
  );
}

/** Tombstones that may be about some facts. */
async function gravesOf(
  tx: Knex.Transaction,
  facts: readonly Buried[],
): Promise<Grave[]> {
  // Most installations have none.
  if (!(await tx('deployment_graves').first('grave_key'))) return [];
  const rows: Array<Stored<'deploymentGraves'>> = await tx
    .select('deployment_graves.*')
    .from(
      perRow(
        tx,
        NAME,
        distinct(facts),
        'deployment_graves',
        `deployment_graves.ext_id = k.ext_id
          and coalesce(deployment_graves.source, '') = k.source`,
      ),
    );
  return rows.map(({ source, ext_id, service, chain, carrier, at }) => ({
    source,
    id: ext_id,
    service,
    chain,
    carrier,
    at,
  }));
}

function distinct(
  names: ReadonlyArray<{ source: string; id: string }>,
): Array<{ source: string; ext_id: string }> {
  const rows = new Map(
    names.map(({ source, id }) => [
      JSON.stringify([source, id]),
      { source, ext_id: id },
    ]),
  );
  return [...rows.values()];
}

function toBuried(state: FactState): Buried {
  const row = deploymentFacts.row({}, state, {
    status: 'incomplete',
    missing: [],
  });
  return withKey({
    source: String(told(state).source),
    id: String(told(state).id),
    service: String(row.service),
    environment: String(row.environment),
  });
}

function withKey(fact: Omit<Buried, 'key'>): Buried {
  const { source, id, service, environment } = fact;
  const key = factKeyOf({
    claim: 'partial',
    type: 'deployment',
    source,
    id,
    occurredAt: '',
    fields: { service: service === '' ? undefined : service, environment },
  });
  return { ...fact, key };
}
