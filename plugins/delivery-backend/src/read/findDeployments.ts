import { InputError } from '@backstage/errors';
import {
  dayStartOf,
  foldEnvironment,
  type DeploymentsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import { page } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { lastChange } from '../store/changes';
import { tables, type Stored } from '../store/tables';

type Row = Stored<'deployments'>;

/** Which deployments are asked for. */
export interface Asked {
  services: readonly string[];
  query: DeploymentsQuery;
  /** Zone in which bare dates begin. */
  tz: string;
  /** Those from sources that count for their own component only, too. */
  sandbox: boolean;
  /** Hashes of whoever set them going. */
  actors?: readonly string[];
  /** Repositories in which the sha is looked for; all when left out. */
  repositories?: readonly string[];
}

/** A page of them, and where the one after it begins. */
export interface Found {
  rows: Row[];
  nextCursor: string | null;
  changedCursor: string;
}

/** Finds deployments: newest first, or in the order in which they changed. */
export async function findDeployments(db: Knex, asked: Asked): Promise<Found> {
  // Read first: what changes from here on comes after it.
  const last = await lastChange(db);
  if (asked.query.changedAfter !== undefined) {
    return findChanged(db, asked, last);
  }
  const found = await page(
    matching(db, asked),
    tables.deployments,
    // As a chain has them, the last first.
    { at: 'at', ties: ['ext_id', 'source'], key: 'key' },
    asked.query,
  );
  return { ...found, changedCursor: String(last) };
}

async function findChanged(
  db: Knex,
  asked: Asked,
  last: number,
): Promise<Found> {
  const { changedAfter, cursor = changedAfter, limit } = asked.query;
  if (cursor === undefined || !/^\d{1,15}$/.test(cursor)) {
    throw new InputError('cursor: is not one this API gave out');
  }
  const found: Array<Row & { number: string | number }> = await matching(
    db,
    asked,
  )
    .innerJoin(
      'deployment_changes',
      'deployment_changes.key',
      'deployments.key',
    )
    .where('deployment_changes.number', '>', Number(cursor))
    .orderBy('deployment_changes.number')
    .limit(limit + 1)
    .select('deployments.*', 'deployment_changes.number');
  const rows = found.slice(0, limit);
  const reached = Number(rows.at(-1)?.number ?? cursor);
  const isLast = found.length <= limit;
  const changedCursor = String(isLast ? Math.max(reached, last) : reached);
  return {
    rows: rows.map(({ number: _, ...row }) => row),
    nextCursor: isLast ? null : changedCursor,
    changedCursor,
  };
}

function matching(
  db: Knex,
  { services, query, tz, sandbox, actors, repositories }: Asked,
): Knex.QueryBuilder {
  const { production, environment, failed, from, to, artifact, sha } = query;
  return db('deployments')
    .whereIn('service_ref', [...services])
    .modify(builder => {
      if (!sandbox) builder.where('sandbox', false);
      if (production) builder.where('production', true);
      if (environment) builder.where('chain', foldEnvironment(environment));
      if (failed !== undefined) builder.where('failed', failed);
      if (from) builder.where('at', '>=', instant(from, tz));
      if (to) builder.where('at', '<', instant(to, tz));
      if (artifact) builder.where('artifact', artifact);
      if (actors) builder.whereIn('actor', [...actors]);
      if (sha) {
        const parts = db('deployment_parts').where('sha', sha);
        if (repositories) parts.whereIn('repository', [...repositories]);
        builder.where(told =>
          told
            .whereIn('fact_key', parts.clone().select('fact_key'))
            .orWhereIn(
              'key',
              db('deployment_members')
                .whereIn('fact_key', parts.clone().select('fact_key'))
                .select('counted_key'),
            ),
        );
      }
    });
}

/** A bare date means that day's start in the zone. */
export function instant(text: string, tz: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? dayStartOf(text, tz)
    : Date.parse(text);
}
