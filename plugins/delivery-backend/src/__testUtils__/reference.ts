import {
  compareDeployments,
  compareStarts,
  containChain,
  factKeyOf,
  factOf,
  isProduction,
  joinFacts,
  judgeService,
  parseDeliveryEvent,
  reachedProduction,
  resolveFact,
  serviceRules,
  suspectByWindow,
  suspectsByCause,
  type BotChange,
  type ChainDeployment,
  type ChangeRow,
  type Claim,
  type CommitEvent,
  type DeploymentEvent,
  type DeploymentRow,
  type FactState,
  type IncidentEvent,
  type IncidentRow,
  type JudgedIncident,
  type PullRequestEvent,
  type PushEvent,
  type RepositoryEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import { compareText } from '@fawkes/kit-contract';
import { sha256 } from '@fawkes/kit-backend/sql';
import type { DeliveryConfig } from '../config';
import { unmapped, type ServiceMapping } from '../derive/serviceMapping';
import { deploymentKey } from '../store/keys';
import type { LeadStart } from '../store/metricRows';
import { isClaim, NOW } from './harness';
import { graphOf } from './referenceGraph';
import { withOneName } from './referenceNames';

type Sandboxed = { sandbox: boolean; environment: string };

/** What the numbers are made from, worked out without a database. */
export interface Reference {
  deployments: Array<DeploymentRow & Sandboxed>;
  /** Starts by switch; `startedAt` is filled in by the question. */
  changes: Array<
    ChangeRow &
      Sandboxed & {
        unit: 'commit' | 'pull_request';
        starts: Record<LeadStart, number | null>;
      }
  >;
  incidents: Array<IncidentRow & { service: string; source: string }>;
}

/** The facts that claims add up to. */
export function factsOf(claims: readonly Claim[]) {
  const states = new Map<string, FactState>();
  for (const claim of [...claims, ...takenBack(claims)]) {
    if (isTombstone(claim)) continue;
    const key = factKeyOf(claim);
    const state = factOf(claim);
    const known = states.get(key);
    states.set(key, known ? joinFacts(known, state) : state);
  }
  const of = <E>(type: FactState['type']) =>
    [...states].flatMap(([key, state]) => {
      const fact = resolveFact(state);
      return state.type === type && fact.status === 'known'
        ? [
            {
              key,
              record: fact.record as E,
              failedLater: fact.failedLater ?? false,
            },
          ]
        : [];
    });
  return {
    deployments: of<DeploymentEvent>('deployment'),
    commits: of<CommitEvent>('commit'),
    pushes: of<PushEvent>('push'),
    pulls: of<PullRequestEvent>('pull_request'),
    incidents: of<IncidentEvent>('incident'),
    namings: of<RepositoryEvent>('repository'),
  };
}

/** A tombstone is about all deployments of its id that it names, told when ever. */
function isTombstone(claim: Claim): boolean {
  return (
    claim.claim === 'whole' &&
    claim.event.type === 'deployment' &&
    claim.event.deleted === true &&
    claim.event.status !== 'pending'
  );
}

/** For each deployment that is told, what takes it back. */
function takenBack(claims: readonly Claim[]): Claim[] {
  const events = claims.flatMap(claim =>
    claim.claim === 'whole' && claim.event.type === 'deployment'
      ? [claim.event]
      : [],
  );
  return events
    .filter(told => !told.deleted)
    .flatMap(told => {
      const times = events.flatMap(event => {
        const { deleted, replaces, source, id, occurredAt } = event;
        const names = deleted ? event : replaces;
        if (!names || source !== told.source || id !== told.id) return [];
        const { service = told.service, environment } = names;
        const isMeant =
          service === told.service &&
          (environment || told.environment).toLowerCase() ===
            told.environment.toLowerCase();
        if (!isMeant) return [];
        const isOwn =
          !deleted &&
          event.service === told.service &&
          event.environment === told.environment;
        return [Date.parse(occurredAt) - (isOwn ? 1 : 0)];
      });
      return times.length === 0
        ? []
        : [
            {
              claim: 'whole' as const,
              event: {
                ...told,
                // Tells it from a tombstone somebody sent.
                status: 'pending' as const,
                occurredAt: new Date(Math.max(...times)).toISOString(),
                deleted: true,
              },
            },
          ];
    });
}

function claimOf(value: unknown): Claim {
  if (isClaim(value)) return value;
  const parsed = parseDeliveryEvent(value, NOW);
  if (!parsed.ok) throw new TypeError(parsed.fault.path);
  return { claim: 'whole', event: parsed.event };
}

type Facts = ReturnType<typeof factsOf>;
type Own = ChainDeployment & {
  service: string;
  fact: string;
  run: string | null;
  /** All the facts it is made of. */
  facts?: string[];
  ids?: string[];
};
type Mapped = Partial<ServiceMapping> & { service: string };

/** The plain reading of the definitions: all facts, every chain from its start. */
export function referenceOf(
  events: readonly unknown[],
  told: readonly Mapped[],
  config: DeliveryConfig,
): Reference {
  const claims = events.map(claimOf);
  const names = withOneName(
    claims,
    factsOf(claims).namings.map(({ record }) => record),
    told,
  );
  const mappings = told.map(mapping => ({
    ...mapping,
    repositories: mapping.repositories?.map(names.now),
  }));
  const facts = factsOf(names.claims);
  const graph = graphOf(facts);
  const services = new Set([
    ...mappings.map(mapping => mapping.service),
    ...facts.deployments.flatMap(({ record }) => record.service ?? []),
  ]);
  const reference: Reference = { deployments: [], changes: [], incidents: [] };
  const reached: Own[] = [];
  const contained = new Map<string, Set<string>>();
  const all: Own[] = [];

  for (const service of services) {
    const mapping = {
      ...unmapped(service),
      ...mappings.find(one => one.service === service),
    };
    const everywhere = united(deploymentsOf(facts, mapping), config);
    all.push(...everywhere);
    const own = everywhere.filter(one =>
      isProduction(
        one.environment,
        mapping.environments,
        config.productionPattern,
      ),
    );
    reached.push(...own.filter(reachedProduction));
    const firsts = new Map<string, Reference['changes'][number]>();
    const seeded: Array<{
      name: string;
      environment: string;
      finishedAt: number;
    }> = [];
    for (const environment of new Set(own.map(one => one.environment))) {
      const chain = own
        .filter(one => one.environment === environment)
        .filter(one => one.status === 'success')
        .sort(compareDeployments);
      const rules = {
        ...serviceRules({ globs: mapping.paths, ...config, bots: [] }),
        countsBot: ({ botName, title, labels }: BotChange) =>
          said([mapping.bots ?? [], config.bots.terms], {
            name: botName === null ? [] : [botName],
            title: title === null ? [] : [title],
            label: labels,
          }) ?? config.countBots,
      };
      for (const found of containChain(chain, graph, rules)) {
        const deployment = chain.find(one => one.key === found.key)!;
        if (deployment.kind === null) deployment.kind = found.repair;
        const place = {
          service,
          environment,
          finishedAt: deployment.finishedAt,
          sandbox: config.sandboxSources.has(deployment.source),
        };
        const brought = found.commits.filter(
          ({ coverage }) => coverage === 'contained',
        );
        contained.set(found.key, new Set(brought.map(({ sha }) => sha)));
        const put = (
          name: string,
          row: Omit<Reference['changes'][number], keyof typeof place>,
        ) => {
          const known = firsts.get(name);
          if (!known || place.finishedAt < known.finishedAt) {
            firsts.set(name, { ...place, ...row });
          }
        };
        for (const { repository, sha } of brought) {
          put(`${repository}@${sha}`, graph.commitRow(repository, sha));
        }
        for (const { repository, sha, coverage } of found.commits) {
          if (coverage !== 'seed') continue;
          seeded.push({ ...place, name: `${repository}@${sha}` });
        }
        for (const { repository, number, coverage } of found.pullRequests) {
          const name = `${repository}#${number}`;
          if (coverage === 'seed') seeded.push({ ...place, name });
          if (coverage !== 'contained') continue;
          put(`${repository}#${number}`, graph.pullRow(repository, number));
        }
      }
    }
    // What a seed of another chain carried before that is new nowhere.
    for (const { name, environment, finishedAt } of seeded) {
      const first = firsts.get(name);
      if (
        first &&
        first.environment !== environment &&
        finishedAt < first.finishedAt
      ) {
        firsts.delete(name);
      }
    }
    reference.changes.push(...firsts.values());
  }

  const linked = linkIncidents(facts, all, contained, mappings, config);
  for (const service of services) {
    const own = reached.filter(one => one.service === service);
    const verdicts = judgeService(
      own,
      key => linked.get(key) ?? [],
      () => undefined,
    );
    for (const verdict of verdicts) {
      const one = own.find(({ key }) => key === verdict.key)!;
      reference.deployments.push({
        factKey: JSON.stringify([one.source, one.environment, one.id]),
        service,
        environment: one.environment,
        sandbox: config.sandboxSources.has(one.source),
        finishedAt: one.finishedAt,
        success: one.status === 'success',
        reached: true,
        failed: verdict.failed,
        rework: verdict.rework,
        recoveredAt: verdict.recovery?.at ?? null,
        detectedAt: verdict.detectedAt,
        gapSeconds: verdict.gapSeconds,
      });
    }
  }
  for (const { record } of facts.incidents) {
    const service = serviceOfIncident(record, mappings);
    if (!service) continue;
    const { environment } = record;
    const named = mappings.find(one => one.service === service)?.environments;
    if (
      environment !== undefined &&
      !isProduction(environment, named ?? [], config.productionPattern)
    ) {
      continue;
    }
    if (!countsByRule(record, service, mappings, config)) continue;
    reference.incidents.push({
      service,
      source: record.source,
      openedAt: Date.parse(record.openedAt),
      resolvedAt: record.resolvedAt ? Date.parse(record.resolvedAt) : null,
    });
  }
  return reference;
}

function deploymentsOf(facts: Facts, mapping: ServiceMapping): Own[] {
  return facts.deployments.flatMap(({ key, record, failedLater }) => {
    const { repository, sha, commits } = record;
    const all =
      record.parts ?? (repository ? [{ repository, sha, commits }] : []);
    const parts = record.service
      ? all
      : all.filter(part => mapping.repositories.includes(part.repository));
    const own = record.service
      ? record.service === mapping.service
      : parts.length > 0;
    if (!own) return [];
    return [
      {
        // What else is equal is in the order of these keys.
        key: deploymentKey(sha256(key), mapping.service),
        fact: key,
        service: mapping.service,
        source: record.source,
        id: record.id,
        // A chain has one name, however it is spelled.
        environment: record.environment.toLowerCase(),
        run: record.run ?? null,
        status: record.status,
        failedLater,
        kind: record.kind ?? null,
        startedAt: ms(record.startedAt),
        finishedAt: ms(record.finishedAt) ?? Infinity,
        occurredAt: Date.parse(record.occurredAt),
        unplanned: record.unplanned ?? null,
        fixesIncident: record.fixesIncident ?? null,
        artifact: record.artifact ?? null,
        parts: parts.map(part => ({
          repository: part.repository,
          sha: part.sha ?? null,
          commits: part.commits ?? null,
        })),
      },
    ];
  });
}

function ms(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}

/** Facts with one id in one chain, and jobs of one run there, are one deployment. */
function united(own: readonly Own[], { countJobs }: DeliveryConfig): Own[] {
  const groups = new Map<string, Own[]>();
  for (const one of own) {
    const { source, environment, id, run } = one;
    const name = JSON.stringify([
      source,
      environment,
      run !== null && !countJobs ? { run } : { id },
    ]);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()].map(unite);
}

function unite(group: readonly Own[]): Own {
  if (group.length === 1) return group[0];
  const members = [...group].sort(
    (a, b) =>
      (a.finishedAt === b.finishedAt ? 0 : a.finishedAt - b.finishedAt) ||
      compareText(a.id, b.id) ||
      (a.key < b.key ? -1 : 1),
  );
  const find = (status: Own['status']) =>
    members.find(one => one.status === status);
  const success = find('success');
  const later = members.find(one => one.failedLater);
  const back = find('rolled_back');
  const failure = find('failure');
  const reached = success ?? later ?? back;
  const counts =
    reached ?? failure ?? find('running') ?? find('pending') ?? members[0];
  let { status } = counts;
  if (reached && back) status = 'rolled_back';
  if (reached && failure) status = 'failure';
  const all = [counts, ...members.filter(one => one !== counts)];
  const first = <K extends 'kind' | 'artifact' | 'unplanned' | 'fixesIncident'>(
    name: K,
  ): Own[K] => all.find(one => one[name] !== null)?.[name] ?? counts[name];
  const started = all.flatMap(one => one.startedAt ?? []);
  const parts = new Map<string, Own['parts'][number]>();
  for (const part of all.flatMap(one => one.parts)) {
    const name = `${part.repository}@${part.sha}`;
    const known = parts.get(name) ?? part;
    const lists = [known.commits, part.commits].filter(list => list !== null);
    parts.set(name, {
      ...known,
      commits: lists.length > 0 ? [...new Set(lists.flat())] : null,
    });
  }
  return {
    ...counts,
    status,
    failedLater: status === 'failure' && reached !== undefined,
    occurredAt: status === 'rolled_back' ? back!.occurredAt : counts.occurredAt,
    kind: first('kind'),
    artifact: first('artifact'),
    unplanned: first('unplanned'),
    fixesIncident: first('fixesIncident'),
    startedAt: started.length > 0 ? Math.min(...started) : null,
    parts: [...parts.values()],
    facts: all.map(one => one.fact),
    ids: all.map(one => one.id),
  };
}

/** What the first list that says anything says; what does not count is stronger. */
function said(
  lists: ReadonlyArray<readonly string[]>,
  facts: Record<string, readonly string[]>,
): boolean | undefined {
  for (const list of lists) {
    const rules = list.filter(rule => {
      const [, field, pattern] = /^!?(\w+)=(.*)$/.exec(rule) ?? [];
      if (field === undefined) return false;
      const shape = new RegExp(
        `^${pattern
          .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '[^]*')}$`,
        'i',
      );
      return facts[field].some(text => shape.test(text));
    });
    if (rules.length > 0) return !rules.some(rule => rule.startsWith('!'));
    if (list.includes('none')) return false;
    if (list.includes('all')) return true;
  }
  return undefined;
}

/** Whether what is said about a service's incidents leaves one in. */
function countsByRule(
  { severity, title }: IncidentEvent,
  service: string,
  mappings: readonly Mapped[],
  config: DeliveryConfig,
): boolean {
  const mapping = mappings.find(one => one.service === service);
  return (
    said([mapping?.incidents ?? [], config.incidents.terms], {
      severity: severity === undefined ? [] : [severity],
      title: title === undefined ? [] : [title],
    }) ?? true
  );
}

/** The service that is named, else the only one that lives in the repository. */
function serviceOfIncident(
  { service, repository }: IncidentEvent,
  mappings: readonly Mapped[],
): string | undefined {
  const living = mappings.filter(({ repositories = [] }) =>
    repositories.includes(repository ?? ''),
  );
  return service ?? (living.length === 1 ? living[0].service : undefined);
}

function linkIncidents(
  facts: Facts,
  known: readonly Own[],
  contained: ReadonlyMap<string, ReadonlySet<string>>,
  mappings: readonly Mapped[],
  config: DeliveryConfig,
): Map<string, JudgedIncident[]> {
  const reached = known
    .filter(one => isInProduction(one.service, one.environment))
    .filter(reachedProduction)
    .sort(compareStarts);
  function isInProduction(service: string, environment: string): boolean {
    const mapping = mappings.find(one => one.service === service);
    return isProduction(
      environment,
      mapping?.environments ?? [],
      config.productionPattern,
    );
  }
  // A sha a deployment was told with is meant as well as those it brought.
  const told = new Map(
    facts.deployments.map(({ key, record }) => [
      key,
      [record.sha, ...(record.parts ?? []).map(part => part.sha)],
    ]),
  );
  const names = (one: Own, cause: string) =>
    (one.ids ?? [one.id]).includes(cause) ||
    one.artifact === cause ||
    contained.get(one.key)?.has(cause) ||
    (one.facts ?? [one.fact]).some(fact => told.get(fact)?.includes(cause));
  const linked = new Map<string, JudgedIncident[]>();
  for (const { key, record } of facts.incidents) {
    const openedAt = Date.parse(record.openedAt);
    const { environment } = record;
    const cause = record.causedBy?.replace(/`/g, '');
    const service = serviceOfIncident(record, mappings) ?? null;
    const counts = (of: string | null) =>
      of === null ||
      ((environment === undefined || isInProduction(of, environment)) &&
        countsByRule(record, of, mappings, config));
    const isKnown =
      cause !== undefined &&
      (known.some(one => names(one, cause)) ||
        facts.commits.some(commit => commit.record.sha === cause));
    let suspects: Own[] = [];
    if (isKnown) {
      const found = suspectsByCause(
        { openedAt, service },
        reached.filter(
          one => names(one, cause) && counts(service ?? one.service),
        ),
      );
      if (found.cause === 'linked') suspects = found.suspects;
    } else if (counts(service)) {
      const suspect = suspectByWindow(
        openedAt,
        reached.filter(
          one =>
            one.service === service &&
            (environment === undefined ||
              one.environment === environment.toLowerCase()),
        ),
        config.incidentWindowMs,
      );
      suspects = [suspect].filter(one => one !== undefined);
    }
    for (const one of suspects) {
      const list = linked.get(one.key) ?? [];
      list.push({
        key,
        source: record.source,
        id: record.id,
        title: record.title ?? null,
        openedAt,
        resolvedAt: record.resolvedAt ? Date.parse(record.resolvedAt) : null,
      });
      linked.set(one.key, list);
    }
  }
  return linked;
}
