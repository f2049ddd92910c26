import type { Knex } from 'knex';

/** Keeps in view which sources tell about services, and since when. */
export async function countFacts(
  tx: Knex.Transaction,
  services: readonly string[],
): Promise<void> {
  await tx('service_facts')
    .whereIn('service_ref', [...services])
    .delete();
  await tx.raw(
    `insert into service_facts (service_ref, source, first_at, last_at, deployments)
      select service_ref, source, min(at), max(at), count(*)
      from deployments
      where service_ref in (${services.map(() => '?').join(', ')})
        and production and reached
      group by service_ref, source`,
    [...services],
  );
}
