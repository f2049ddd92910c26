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

/** What is listed, and whether there is more of a kind. */
interface Listed {
  items: QualityResponse['unmapped'];
  cut: boolean;
}

/** The first of each kind. */
function some<R>(...kinds: R[][]): { kinds: R[][]; cut: boolean } {
  return {
    kinds: kinds.map(rows => rows.slice(0, MOST_UNMAPPED)),
    cut: kinds.some(rows => rows.length > MOST_UNMAPPED),
  };
}

/**
 * Deployments no service of the catalog claims, by repository or sender. What a
 * sandbox tells counts for its own component only and goes with it: without one
 * it waits for nobody.
 */
export async function readUnmapped(context: PersonalContext): Promise<Listed> {
  const { db, config } = context;
  const sandbox = [...config.sandboxSources];
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
    .whereNotIn('deployment_facts.source', sandbox)
    .whereNull('service_repositories.service_ref')
    .select({ what: 'deployment_parts.repository' })
    .countDistinct({ facts: 'deployment_facts.fact_key' })
    .max({ last: 'occurred_at' })
    .groupBy('deployment_parts.repository')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED + 1);
  const byService: UnmappedRow[] = await db('deployment_facts')
    .leftJoin('services', 'services.service_ref', 'deployment_facts.service')
    .where('known', 'known')
    .whereNot('service', '')
    .whereNotIn('source', sandbox)
    .whereNull('services.service_ref')
    .select({ what: 'service' })
    .count({ facts: '*' })
    .max({ last: 'occurred_at' })
    .groupBy('service')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED + 1);
  const {
    kinds: [repositories, services],
    cut,
  } = some(byRepository, byService);
  const incidents = await readUnplacedIncidents(context);
  return {
    items: [
      ...repositories.map(row =>
        toUnmapped(row, String(row.what), suggestAnnotation(String(row.what))),
      ),
      ...services.map(row =>
        toUnmapped(row, String(row.what), say('unmapped.unknown_service')),
      ),
      ...incidents.items,
    ],
    cut: cut || incidents.cut,
  };
}

/**
 * Incidents nobody knows the service of, by repository or sender; those where
 * only services live that the caller may not see are not theirs to place.
 */
async function readUnplacedIncidents(
  context: PersonalContext,
): Promise<Listed> {
  const { db, config } = context;
  const unplaced = () =>
    db('incidents')
      .where('known', 'known')
      .whereNull('service')
      .whereNotIn('incidents.source', [...config.sandboxSources]);
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
      .limit(MOST_UNMAPPED + 1);
  const named: UnmappedRow[] = await unplaced()
    .whereNull('repository')
    .whereNull('caused_by')
    .select({ what: 'source' })
    .count({ facts: '*' })
    .max({ last: 'opened_at' })
    .groupBy('source')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED + 1);
  const shown = await shownRepositories(
    inRepositories.map(row => String(row.what)),
    context,
  );
  const {
    kinds: [mine, others],
    cut,
  } = some<UnmappedRow & { living?: string | number }>(
    inRepositories.filter(row => shown.has(String(row.what))),
    named,
  );
  const items = [
    ...mine.map(row =>
      toUnmapped(
        row,
        say('unmapped.incidents_in', { repository: String(row.what) }),
        Number(row.living) > 0
          ? say('unmapped.several')
          : suggestAnnotation(String(row.what)),
      ),
    ),
    ...others.map(row =>
      toUnmapped(
        row,
        say('unmapped.incidents_from', { source: String(row.what) }),
        say('unmapped.unplaced'),
      ),
    ),
  ];
  return { items, cut: cut || inRepositories.length > MOST_UNMAPPED };
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
