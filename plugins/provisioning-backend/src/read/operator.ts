import type {
  OperatorResponse,
  TemplatesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  entityRefOf,
  quotasOf,
  repositoryOf,
  repositoryText,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { Said } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import type { Core } from '../core';
import { databaseNow } from '../leases';
import { iso, wordsIn } from '../store/json';
import { effectRequestOf, effectsOf } from '../store/requests';
import { tables, type EffectRow, type RequestRow } from '../store/tables';
import { say } from '../words';

/** A run that has not moved for so long is stuck, ms. */
const STUCK_MS = 10 * 60_000;
/** Most rows of each list. */
const MOST = 200;

/** `GET /operator` */
export async function readOperator(core: Core): Promise<OperatorResponse> {
  const { db, config } = core;
  return {
    asOf: iso(core.now()),
    paused: await readPause(db),
    stuck: await readStuck(core),
    leases: await readLeases(db),
    orphans: await readOrphans(core),
    quotas: await readQuotas(core),
    rateCard: config.rateCard,
    checks: core.localHost()?.checks() ?? [],
    templates: await readTemplates(db),
  };
}

/** `GET /templates` */
export async function readTemplateList(core: Core): Promise<TemplatesResponse> {
  const paused = await readPause(core.db);
  return {
    asOf: iso(core.now()),
    items: core.templates
      .all()
      .map(({ ref, title, description, type, language, ci }) => ({
        ...ref,
        title,
        description,
        type,
        language,
        ci,
      })),
    hosts: core.places.all(),
    paused: paused && say('paused', { reason: paused.reason }),
  };
}

async function readPause(db: Knex): Promise<OperatorResponse['paused']> {
  const [flag] = await select(
    db('flags').where('name', 'paused'),
    tables.flags,
  );
  if (!flag) return null;
  const { reason, set_by: by, set_at: since } = flag;
  return { reason, by, since: iso(since) };
}

async function readStuck(core: Core): Promise<OperatorResponse['stuck']> {
  const { db } = core;
  const before = core.now() - STUCK_MS;
  const query = db('requests')
    .leftJoin('runs', 'runs.id', 'requests.run_id')
    .where(stuck =>
      stuck
        .whereIn('requests.state', ['needs_person', 'destroy_incomplete'])
        .orWhere(slow =>
          slow
            .where('runs.state', 'running')
            .where('runs.moved_at', '<', before),
        ),
    )
    .orderBy('requests.updated_at')
    .limit(MOST);
  const rows = await select(query, tables.requests);
  return Promise.all(
    rows.map(async row => {
      const effects = await effectsOf(db, row.id);
      return {
        id: row.id,
        name: row.name,
        owner: row.owner,
        state: row.state,
        since: iso(row.updated_at),
        reason: wordsIn(row.reason) ?? waitsFor(effects),
        byHand: await byHandOf(core, row, effects),
      };
    }),
  );
}

function waitsFor(effects: readonly EffectRow[]): Said {
  const open = effects.find(
    ({ state }) => state === 'sent' || state === 'unknown',
  );
  return (open && wordsIn(open.reason)) ?? say('denied.busy');
}

/** What to look at and undo by hand, of what may be there. */
async function byHandOf(
  core: Core,
  row: RequestRow,
  effects: readonly EffectRow[],
): Promise<Said[]> {
  const request = await effectRequestOf(core.db, row);
  const repository = repositoryText(repositoryOf(row, request.spec));
  const entity = entityRefOf(row);
  const isLocal = request.spec.repository.host === 'local';
  const handOf = isLocal ? localHandOf : remoteHandOf;
  const said = new Map<string, Said>();
  for (const { type, state } of effects) {
    if (!['sent', 'unknown', 'failed', 'done'].includes(state)) continue;
    const { id, name } = row;
    const words = handOf(type, { id, repository, entity, name });
    if (words) said.set(words.code, words);
  }
  return [...said.values(), ...afterwards(row.state)];
}

/** What ends it once nothing is left. */
function afterwards(state: RequestRow['state']): Said[] {
  switch (state) {
    case 'destroy_incomplete':
      return [say('byhand.destroy'), say('byhand.forget')];
    // Nothing goes on with what was given up.
    case 'forgotten':
      return [];
    default:
      return [say('byhand.retry')];
  }
}

interface Names {
  id: string;
  repository: string;
  entity: string;
  name: string;
}

/** By hand where repositories and services are on the computer of the portal. */
function localHandOf(
  type: EffectRow['type'],
  { id, repository, entity, name }: Names,
): Said | undefined {
  switch (type) {
    case 'repo:ensure':
    case 'repo:propose':
      return say('byhand.local_repository', { id, repository });
    case 'catalog:entity:ensure':
      return say('byhand.local_entity', { entity });
    case 'service:build':
      return say('byhand.local_build', { id });
    case 'service:deploy':
      return say('byhand.local_service', { id, name });
    default:
      return undefined;
  }
}

/** By hand where they are elsewhere. */
function remoteHandOf(
  type: EffectRow['type'],
  { repository, entity, name }: Names,
): Said | undefined {
  switch (type) {
    case 'repo:ensure':
    case 'repo:propose':
      return say('byhand.repository', { repository });
    case 'catalog:entity:ensure':
      return say('byhand.entity', { entity });
    case 'service:deploy':
      return say('byhand.service', { name });
    case 'ci:ensure':
      return say('byhand.pipeline', { repository });
    default:
      return undefined;
  }
}

async function readLeases(db: Knex): Promise<OperatorResponse['leases']> {
  const now = await databaseNow(db);
  const query = db('leases')
    .where('until', '>=', now)
    .orderBy('name')
    .limit(MOST);
  const rows = await select(query, tables.leases);
  return rows.map(({ name, holder, token, until }) => ({
    name,
    holder,
    token: Number(token),
    until: iso(until),
  }));
}

async function readOrphans(core: Core): Promise<OperatorResponse['orphans']> {
  const query = core
    .db('requests')
    .where('state', 'forgotten')
    .orderBy('updated_at', 'desc')
    .limit(MOST);
  const rows = await select(query, tables.requests);
  return Promise.all(
    rows.map(async row => ({
      request: { id: row.id, name: row.name, owner: row.owner },
      words: say('orphan.forgotten', {
        name: row.name,
        reason: row.forgotten ?? '–',
      }),
      byHand: await byHandOf(core, row, await effectsOf(core.db, row.id)),
      since: iso(row.updated_at),
    })),
  );
}

async function readQuotas(core: Core): Promise<OperatorResponse['quotas']> {
  const rows: Array<
    Pick<RequestRow, 'owner' | 'state' | 'service_state' | 'type' | 'host'>
  > = await core
    .db('requests')
    .whereNotIn('state', ['destroyed', 'forgotten'])
    .select('owner', 'state', 'service_state', 'type', 'host');
  const counted = rows.map(({ service_state: service, ...row }) => ({
    ...row,
    service,
  }));
  const owners = [...new Set(counted.map(({ owner }) => owner))].sort();
  const of = (owner: string) => quotasOf(owner, counted, core.config.limits);
  return [of('').running, ...owners.map(owner => of(owner).owner)];
}

async function readTemplates(db: Knex): Promise<OperatorResponse['templates']> {
  const rows: Array<{ name: string; version: string; count: number | string }> =
    await db('requests')
      .whereNotIn('state', ['destroyed', 'forgotten'])
      .groupBy('template', 'template_version')
      .orderBy(['template', 'template_version'])
      .select('template as name', 'template_version as version')
      .count({ count: '*' });
  return rows.map(({ name, version, count }) => ({
    name,
    version,
    count: Number(count),
  }));
}
