import type { DeploymentNews } from '@fawkes/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { isoOrNull } from '../read/context';
import { deploymentKey } from '../store/keys';
import { forgetNews, releaseNews, takeNews, type News } from '../store/news';

/** Tells other plugins of a deployment; resolves when they have heard. */
export type Publish = (news: DeploymentNews) => Promise<void>;

/**
 * Tells other plugins of deployments whose fact changed. Each is told after it can
 * be read, as it is then, and at least once: what was told is forgotten only
 * afterwards.
 *
 * @returns how many were taken; 0 = nothing waits
 */
export async function tellDeployments(
  db: Knex,
  limit: number,
  { now, publish }: { now: number; publish: Publish },
): Promise<number> {
  const taken = await takeNews(db, limit, now);
  for (const [index, news] of taken.entries()) {
    try {
      const told = await read(db, news);
      if (told) await publish(told);
      await forgetNews(db, news);
    } catch (error) {
      for (const left of taken.slice(index)) await releaseNews(db, left);
      throw error;
    }
  }
  return taken.length;
}

/**
 * The deployment as it is now; undefined when it counts for the service no
 * longer without having been taken back: the catalog says otherwise now.
 */
async function read(
  db: Knex,
  { fact_key, service_ref }: News,
): Promise<DeploymentNews | undefined> {
  const key = deploymentKey(fact_key, service_ref);
  const row = await db('deployments').where({ key }).first('*');
  if (row) {
    const parts = await db('deployment_parts')
      .where({ fact_key })
      .orderBy('position')
      .select('repository', 'sha');
    return {
      key,
      source: row.source,
      id: row.ext_id,
      service: service_ref,
      environment: row.environment,
      production: Boolean(row.production),
      status: row.status,
      kind: row.kind,
      version: row.version,
      artifact: row.artifact,
      repositories: parts.map(({ repository, sha }) => ({ repository, sha })),
      startedAt: isoOrNull(row.started_at),
      finishedAt: isoOrNull(row.finished_at),
      url: row.url,
    };
  }
  const fact = await db('deployment_facts')
    .where({ fact_key, known: 'deleted' })
    .first('source', 'ext_id', 'environment');
  return (
    fact && {
      key,
      source: fact.source,
      id: fact.ext_id,
      service: service_ref,
      environment: fact.environment,
      deleted: true,
    }
  );
}
