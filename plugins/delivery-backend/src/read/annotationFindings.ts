import type { AnnotationFinding } from '@fawkes/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ServiceMapping } from '../derive/serviceMapping';
import type { VisibleService } from '../permissions/scope';

const MOST = 100;

/** What the annotations of services say and cannot be taken, by service. */
export async function readAnnotationFindings(
  db: Knex,
  services: readonly VisibleService[],
): Promise<{ findings: AnnotationFinding[]; cut: boolean }> {
  const rows: Array<{ mapping: string }> = await db('services')
    .whereIn(
      'service_ref',
      services.map(service => service.ref),
    )
    // Most services have none, and a portal may have thousands of services.
    .where('mapping', 'like', '%"refused":%')
    .orderBy('service_ref')
    .limit(MOST + 1)
    .select('mapping');
  const titles = new Map(services.map(({ ref, title }) => [ref, title]));
  const findings = rows
    .map((row): ServiceMapping => JSON.parse(row.mapping))
    .flatMap(({ service, title, refused = [] }) =>
      refused.map(value => ({
        service,
        title: titles.get(service) ?? title,
        ...value,
      })),
    );
  return { findings: findings.slice(0, MOST), cut: findings.length > MOST };
}
