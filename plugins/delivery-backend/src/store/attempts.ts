import type { Elsewhere } from '@fawkes/backstage-plugin-delivery-common';
import { compareText } from '@fawkes/kit-contract';
import type { Knex } from 'knex';

/** What was tried for a service besides what reached production. */
export interface Attempts {
  /** The first attempt in a production environment, ms; null without any. */
  firstTriedAt: number | null;
  /** Deployments to each other environment, by its name. */
  elsewhere: Map<string, number>;
}

/**
 * The deployments of services that did not reach production, by service; those
 * without any are left out.
 */
export async function readAttempts(
  db: Knex,
  services: readonly string[],
  { sandboxSources }: { sandboxSources: ReadonlySet<string> },
): Promise<Map<string, Attempts>> {
  const rows: Array<{
    service: string;
    environment: string;
    production: boolean | number;
    count: number | string;
    first: number;
  }> = await db('deployments')
    .whereIn('service_ref', [...services])
    .whereNotIn('source', [...sandboxSources])
    .groupBy('service_ref', 'chain', 'production')
    .select({ service: 'service_ref', production: 'production' })
    .max({ environment: 'environment' })
    .min({ first: 'at' })
    .count({ count: '*' });
  const found = new Map<string, Attempts>();
  for (const { service, environment, production, count, first } of rows) {
    const own = found.get(service) ?? {
      firstTriedAt: null,
      elsewhere: new Map<string, number>(),
    };
    found.set(service, own);
    if (production) {
      own.firstTriedAt = Math.min(own.firstTriedAt ?? Infinity, first);
    } else {
      const known = own.elsewhere.get(environment) ?? 0;
      own.elsewhere.set(environment, known + Number(count));
    }
  }
  return found;
}

/** What went elsewhere, of all of them; null when nothing did. */
export function addElsewhere(
  attempts: ReadonlyArray<Pick<Attempts, 'elsewhere'>>,
): Elsewhere | null {
  const counts = new Map<string, number>();
  for (const { elsewhere } of attempts) {
    for (const [name, count] of elsewhere) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  if (counts.size === 0) return null;
  const ordered = [...counts].sort(
    ([a, x], [b, y]) => y - x || compareText(a, b),
  );
  return {
    count: ordered.reduce((sum, [, count]) => sum + count, 0),
    environments: ordered.map(([name]) => name),
  };
}
