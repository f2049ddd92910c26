import {
  ANNOTATION_GITHUB_SLUG,
  ANNOTATION_GITLAB_SLUG,
  say,
  type QualityResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Said } from '@fawkes/kit-contract';
import { iso, type PersonalContext } from './context';
import { shownRepositories } from './visibility';

const MOST_UNMAPPED = 100;

interface UnmappedRow {
  what?: string;
  facts?: string | number;
  last?: number;
}

/** Deployments no service of the catalog claims, by repository or sender. */
export async function readUnmapped(
  context: PersonalContext,
): Promise<QualityResponse['unmapped']> {
  const { db } = context;
  const byRepository: UnmappedRow[] = await db('deployment_facts')
    .innerJoin(
      'deployment_parts',
      'deployment_parts.fact_key',
      'deployment_facts.fact_key',
    )
    .leftJoin(
      'service_repositories',
      'service_repositories.repository',
      'deployment_parts.repository',
    )
    .where({ known: 'known', service: '' })
    .whereNull('service_repositories.service_ref')
    .select({ what: 'deployment_parts.repository' })
    .countDistinct({ facts: 'deployment_facts.fact_key' })
    .max({ last: 'occurred_at' })
    .groupBy('deployment_parts.repository')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED);
  const byService: UnmappedRow[] = await db('deployment_facts')
    .leftJoin('services', 'services.service_ref', 'deployment_facts.service')
    .where('known', 'known')
    .whereNot('service', '')
    .whereNull('services.service_ref')
    .select({ what: 'service' })
    .count({ facts: '*' })
    .max({ last: 'occurred_at' })
    .groupBy('service')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED);
  return [
    ...byRepository.map(row =>
      toUnmapped(row, String(row.what), suggestAnnotation(String(row.what))),
    ),
    ...byService.map(row =>
      toUnmapped(row, String(row.what), say('unmapped.unknown_service')),
    ),
    ...(await readUnplacedIncidents(context)),
  ];
}

/**
 * Incidents nobody knows the service of, by repository or sender; those where
 * only services live that the caller may not see are not theirs to place.
 */
async function readUnplacedIncidents(
  context: PersonalContext,
): Promise<QualityResponse['unmapped']> {
  const { db } = context;
  const unplaced = () =>
    db('incidents').where('known', 'known').whereNull('service');
  const inRepositories: Array<UnmappedRow & { living?: string | number }> =
    await unplaced()
      .leftJoin(
        'service_repositories',
        'service_repositories.repository',
        'incidents.repository',
      )
      .whereNotNull('incidents.repository')
      .select({ what: 'incidents.repository' })
      .countDistinct({
        facts: 'incidents.fact_key',
        living: 'service_repositories.service_ref',
      })
      .max({ last: 'opened_at' })
      .groupBy('incidents.repository')
      .orderBy('facts', 'desc')
      .limit(MOST_UNMAPPED);
  const named: UnmappedRow[] = await unplaced()
    .whereNull('repository')
    .whereNull('caused_by')
    .select({ what: 'source' })
    .count({ facts: '*' })
    .max({ last: 'opened_at' })
    .groupBy('source')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED);
  const shown = await shownRepositories(
    inRepositories.map(row => String(row.what)),
    context,
  );
  const mine = inRepositories.filter(row => shown.has(String(row.what)));
  return [
    ...mine.map(row =>
      toUnmapped(
        row,
        say('unmapped.incidents_in', { repository: String(row.what) }),
        Number(row.living) > 0
          ? say('unmapped.several')
          : suggestAnnotation(String(row.what)),
      ),
    ),
    ...named.map(row =>
      toUnmapped(
        row,
        say('unmapped.incidents_from', { source: String(row.what) }),
        say('unmapped.unplaced'),
      ),
    ),
  ];
}

function toUnmapped(
  row: UnmappedRow,
  /** A name, or words about one. */
  what: string | Said,
  suggestion: Said,
): QualityResponse['unmapped'][number] {
  return {
    ...(typeof what === 'string'
      ? { what }
      : { what: what.text, whatSaid: what }),
    facts: Number(row.facts),
    lastAt: iso(Number(row.last)),
    suggestion: suggestion.text,
    suggestionSaid: suggestion,
  };
}

function suggestAnnotation(repository: string): Said {
  const [host, ...slug] = repository.split('/');
  const annotation = /gitlab/.test(host)
    ? ANNOTATION_GITLAB_SLUG
    : ANNOTATION_GITHUB_SLUG;
  return say('unmapped.annotate', { annotation, slug: slug.join('/') });
}
