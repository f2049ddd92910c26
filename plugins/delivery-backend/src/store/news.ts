import { insertRows, isPostgres, rawRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables, type Stored } from './tables';

/** A deployment, as one service has it, that other plugins are to be told of. */
export type News = Pick<
  Stored<'deploymentNews'>,
  'fact_key' | 'service_ref' | 'version'
>;

/** Whoever took news and told nothing for so long is taken to be gone, ms. */
const PATIENCE_MS = 60_000;

/** Notes what other plugins are to be told, once it is derived. */
export async function noteNews(
  tx: Knex.Transaction,
  found: ReadonlyArray<Pick<News, 'fact_key' | 'service_ref'>>,
  now: number,
): Promise<void> {
  const rows = new Map(
    found.map(({ fact_key, service_ref }) => [
      `${fact_key} ${service_ref}`,
      { fact_key, service_ref, version: 1, since: now, taken_at: 0 },
    ]),
  );
  const ordered = [...rows.keys()].sort().map(name => rows.get(name)!);
  await insertRows(tx, tables.deploymentNews, ordered, {
    update: 'version = deployment_news.version + 1, taken_at = 0',
  });
}

/**
 * Takes news of services that are derived, the oldest first. It stays there until
 * it is told: if this process dies before that, another one takes it.
 */
export async function takeNews(
  db: Knex,
  limit: number,
  now: number,
): Promise<News[]> {
  // Asked several times a second: nothing is written for nothing.
  if (!(await db('deployment_news').first('fact_key'))) return [];
  return rawRows<News>(
    db,
    `update deployment_news set taken_at = ?
      where (fact_key, service_ref) in (
        select fact_key, service_ref from deployment_news
        where taken_at < ? and not exists (
          select 1 from dirty_services
          where dirty_services.service_ref = deployment_news.service_ref)
        order by since, fact_key, service_ref limit ?
        ${isPostgres(db) ? 'for update skip locked' : ''})
      returning fact_key, service_ref, version`,
    [now, now - PATIENCE_MS, limit],
  );
}

/** Lets go of news that could not be told. */
export async function releaseNews(
  db: Knex,
  { fact_key, service_ref }: News,
): Promise<void> {
  await db('deployment_news')
    .where({ fact_key, service_ref })
    .update({ taken_at: 0 });
}

/** Forgets news that is told, unless there is newer. */
export async function forgetNews(db: Knex, news: News): Promise<void> {
  const { fact_key, service_ref, version } = news;
  await db('deployment_news')
    .where({ fact_key, service_ref, version })
    .delete();
}
