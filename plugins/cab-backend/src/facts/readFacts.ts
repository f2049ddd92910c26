import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_CAB,
  type EnvironmentClassName,
  type RiskInputs,
} from '@fawkes/backstage-plugin-cab-common';
import {
  ANNOTATION_PRACTICE,
  ANNOTATION_PROVISIONING_REQUEST,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  coAuthorsOf,
  neighboursOf,
  NO_TRAITS,
  windowFactOf,
  type Calendar,
  type CodeReview,
  type EntityTraits,
  type Interval,
  type Involved,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type {
  ChangeFacts,
  ChangeFactsProvider,
} from '@fawkes/backstage-plugin-cab-node';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import { ownerOf } from '@fawkes/kit-backend/access';
import { AwayError } from '@fawkes/kit-backend/http';
import { missing } from '../cases/refusals';
import type { CabConfig } from '../config';
import { catalogFactsOf, type CatalogFacts } from './catalogFacts';
import type { FindConflicts } from './conflicts';
import { Reader } from './reader';

/** Which change the facts are about. */
export interface FactsQuestion {
  entityRef: string;
  environment: string;
  /** Undefined for a preview without one: nobody is known to have written it. */
  headSha: string | undefined;
  /** When it is to start; null for none that was planned. */
  window: Interval | null;
  /** The change request itself, once there is one: it never meets itself. */
  changeId?: string;
}

/** Facts as they were read. */
export interface ReadFacts {
  inputs: RiskInputs;
  /** Everybody who is known to have made it, without the submitter. */
  involved: Involved[];
  /** What people said of the code. */
  reviews: readonly CodeReview[];
  catalog: CatalogFacts | undefined;
  /** Null where nobody has a class for the environment: it counts as production. */
  environmentClass: EnvironmentClassName | null;
  /** Sources that should have known and did not answer. */
  unreadable: string[];
}

/** Where facts come from. */
export interface FactsDeps {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  config: CabConfig;
  delivery: DeliveryService;
  logger: LoggerService;
  providers: readonly ChangeFactsProvider[];
  /** Change requests of some entities that are planned for a time. */
  conflicts: FindConflicts;
}

const DAY_MS = 86_400_000;
/** Longest a Git provider is waited for, ms. */
const PROVIDER_PATIENCE_MS = 20_000;

/**
 * Reads everything a risk is made of that is known here. A source that does not
 * answer leaves its facts unknown, and is named: unknown scores worst, and is
 * never taken for a change for the worse.
 */
export async function readFacts(
  deps: FactsDeps,
  question: FactsQuestion,
  now: number,
): Promise<ReadFacts> {
  const reader = new Reader(deps, new Date(now).toISOString());
  const catalog = await reader.ask('catalog', () =>
    readCatalog(deps, question),
  );
  const environment = await readEnvironment(reader, deps, question);
  const rate = await reader.ask('delivery', () =>
    readFailRate(deps, question.entityRef, now),
  );
  const deployedSha =
    deps.providers.length > 0 && question.headSha !== undefined
      ? await reader.ask('delivery', () => readDeployed(deps, question))
      : undefined;
  const change =
    catalog && (await readChange(deps, question, catalog.entity, deployedSha));
  const from = (source: string, reference: string | string[] | null = null) =>
    ({ source, reference } as const);
  const { entityRef } = question;
  const ofCatalog = from('catalog', entityRef);
  reader.fact('dependents', catalog?.dependents, {
    source: 'catalog',
    reference: catalog?.truncated ? [entityRef, 'truncated'] : entityRef,
  });
  reader.fact('tier1Dependents', catalog?.tier1Dependents, ofCatalog);
  reader.fact('tier1Target', catalog?.tier1Target, ofCatalog);
  reader.fact('privileged', catalog?.privileged, ofCatalog);
  reader.fact('deprecated', catalog?.deprecated, ofCatalog);
  reader.fact('environment', environment, from('config', question.environment));
  reader.fact('deployments90d', rate?.finished, from('delivery', entityRef));
  reader.fact('failed90d', rate?.failed, from('delivery', entityRef));
  reader.fact(
    'changedLines',
    change?.changedLines,
    from('git', change?.reference ?? null),
  );
  reader.fact(
    'structural',
    change?.structural,
    from('git', change?.reference ?? null),
  );
  const window = windowFactOf(
    question.window ?? now,
    calendarOf(deps.config, entityRef),
    await readConflicts(deps, question, catalog?.entity),
  );
  const windowFrom = window.value === 'conflict' ? 'cab' : 'config';
  reader.fact('window', window.value, from(windowFrom, window.refs));
  // There are none yet that could be used.
  reader.fact('exceptionsUsed', 0, from('cab'));
  return {
    inputs: reader.inputs,
    involved: change ? involvedIn(change) : [],
    reviews: change?.reviews ?? [],
    catalog,
    environmentClass: environment ?? null,
    unreadable: reader.unreadable,
  };
}

/** Whose an entity is, and what kind of environment one is to it. */
export async function readPlace(
  deps: FactsDeps,
  question: Pick<FactsQuestion, 'entityRef' | 'environment'>,
): Promise<{
  owner: string | null;
  traits: EntityTraits;
  environmentClass: EnvironmentClassName | null;
}> {
  const reader = new Reader(deps, '');
  const asked = { ...question, headSha: undefined, window: null };
  const environment = await readEnvironment(reader, deps, asked);
  const { items } = await deps.catalog.getEntitiesByRefs(
    {
      entityRefs: [question.entityRef],
      fields: ['kind', 'metadata', 'spec.type', 'relations'],
    },
    { credentials: await deps.auth.getOwnServiceCredentials() },
  );
  const [entity] = items;
  return {
    owner: entity ? ownerOf(entity)?.toLowerCase() ?? null : null,
    traits: entity ? traitsOf(entity) : NO_TRAITS,
    environmentClass: environment ?? null,
  };
}

/** What of an entity decides how far change approval goes for it. */
export function traitsOf({ metadata, spec }: Entity): EntityTraits {
  const { annotations = {} } = metadata;
  const { type } = spec ?? {};
  return {
    type: typeof type === 'string' ? type : null,
    annotation: annotations[ANNOTATION_CAB] ?? null,
    // Provisioning alone sets both, and takes them out of what people write.
    practice:
      annotations[ANNOTATION_PRACTICE] === 'true' &&
      annotations[ANNOTATION_PROVISIONING_REQUEST] !== undefined,
  };
}

/** The freezes and windows of one entity. */
export function calendarOf(
  { calendar }: Pick<CabConfig, 'calendar'>,
  entityRef: string,
): Calendar {
  const own = <R extends { entities?: string[] }>(rules: readonly R[]) =>
    rules.filter(({ entities }) => !entities || entities.includes(entityRef));
  return {
    freezes: own(calendar.freezes),
    maintenance: own(calendar.maintenance),
    businessHours: calendar.businessHours,
  };
}

/** What else is planned for that time, next to it. Of no plan nothing is asked. */
async function readConflicts(
  { conflicts }: FactsDeps,
  { entityRef, window, changeId }: FactsQuestion,
  entity: Entity | undefined,
): Promise<string[]> {
  if (!window) return [];
  const near = neighboursOf(entityRef, entity ?? {});
  return conflicts([...near], window, changeId);
}

function readCatalog(
  { catalog, auth, config }: FactsDeps,
  { entityRef }: FactsQuestion,
): Promise<CatalogFacts | undefined> {
  const lookup = async (refs: readonly string[]) => {
    if (refs.length === 0) return [];
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: [...refs],
        fields: ['kind', 'metadata', 'spec', 'relations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items;
  };
  return catalogFactsOf(entityRef, lookup, config.classification.default);
}

/** What delivery calls production is; of the rest the configuration knows the class. */
async function readEnvironment(
  reader: Reader,
  { delivery, auth, config }: FactsDeps,
  { entityRef, environment }: FactsQuestion,
): Promise<EnvironmentClassName | undefined> {
  const listed = config.environments[environment];
  if (!entityRef.startsWith('component:')) return listed;
  const said = await reader.ask('delivery', async () =>
    delivery.classOf(
      { service: entityRef, environment },
      { credentials: await auth.getOwnServiceCredentials() },
    ),
  );
  if (said === 'production') return 'production';
  // A source that is silent could have said production.
  return reader.unreadable.includes('delivery') ? undefined : listed;
}

/** Deployments and failures of 90 days; undefined where delivery knows nothing of it. */
async function readFailRate(
  { delivery, auth }: FactsDeps,
  entityRef: string,
  now: number,
): Promise<{ finished: number; failed: number } | undefined> {
  const answer = await delivery.metrics(
    {
      scope: [entityRef],
      from: new Date(now - 90 * DAY_MS).toISOString(),
      to: new Date(now).toISOString(),
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  if (!answer || answer.scope.firstFactAt === null) return undefined;
  const { finished, failed } = answer.metrics.changeFailRate;
  return { finished, failed };
}

/** The commit that was last deployed there successfully; undefined for none. */
async function readDeployed(
  { delivery, auth }: FactsDeps,
  { entityRef, environment }: FactsQuestion,
): Promise<string | undefined> {
  const answer = await delivery.deployments(
    { scope: [entityRef], environment, production: false, limit: 20 },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  const last = answer?.items.find(({ status }) => status === 'success');
  return last?.repositories.find(({ sha }) => sha !== null)?.sha ?? undefined;
}

/**
 * What the Git provider of the repository knows.
 *
 * @throws AwayError when it does not answer: without authors nobody can be kept
 *   from approving what they wrote
 */
async function readChange(
  { providers, logger }: FactsDeps,
  { headSha, environment }: FactsQuestion,
  entity: Entity,
  deployedSha: string | undefined,
): Promise<ChangeFacts | undefined> {
  if (headSha === undefined) return undefined;
  for (const provider of providers) {
    try {
      const found = await provider.read(
        { entity, headSha, environment, deployedSha },
        { signal: AbortSignal.timeout(PROVIDER_PATIENCE_MS) },
      );
      if (found) return toldBy(found, headSha);
    } catch (error) {
      if (error instanceof InputError) throw error;
      logger.warn(`The change facts of ${provider.id} could not be read`, {
        entity: stringifyEntityRef(entity),
        error: String(error),
      });
      throw new AwayError(
        `${provider.id} does not say who wrote ${headSha.slice(
          0,
          12,
        )}, and without that nobody may decide about it; try again in a few seconds`,
      );
    }
  }
  return undefined;
}

/**
 * Facts that say who wrote it.
 *
 * @throws InputError where that cannot be told
 */
function toldBy(facts: ChangeFacts, headSha: string): ChangeFacts {
  if (facts.untold === undefined) return facts;
  const about = { sha: headSha.slice(0, 12), reference: facts.reference };
  throw missing(`facts.${facts.untold}`, about);
}

/** Everybody a change names, by what they did. */
export function involvedIn({ commits }: ChangeFacts): Involved[] {
  return commits.flatMap(commit => {
    const { author, committer, message, bot, botOperator } = commit;
    const { operatorRef, pushedBy } = commit;
    return [
      { duty: 'author' as const, ...author, ...(bot && { bot }) },
      { duty: 'committer' as const, ...committer },
      ...(pushedBy === undefined
        ? []
        : [{ duty: 'committer' as const, userRef: pushedBy }]),
      ...coAuthorsOf(message).map(each => ({
        duty: 'co_author' as const,
        ...each,
      })),
      ...(botOperator
        ? [{ duty: 'bot_operator' as const, ...botOperator }]
        : []),
      ...(operatorRef === undefined
        ? []
        : [{ duty: 'bot_operator' as const, userRef: operatorRef }]),
    ];
  });
}
