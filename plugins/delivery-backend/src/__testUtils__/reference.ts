import {
  compareDeployments,
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
  type ChainDeployment,
  type ChangeRow,
  type CommitEvent,
  type DeploymentEvent,
  type DeploymentRow,
  type FactState,
  type IncidentEvent,
  type IncidentRow,
  type JudgedIncident,
  type PullRequestEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import { sha256 } from '@fawkes/kit-backend/sql';
import type { DeliveryConfig } from '../config';
import { unmapped, type ServiceMapping } from '../derive/serviceMapping';
import { deploymentKey } from '../store/keys';
import type { LeadStart } from '../store/metricRows';
import { NOW } from './harness';
import { graphOf } from './referenceGraph';

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
export function factsOf(events: readonly unknown[]) {
  const states = new Map<string, FactState>();
  for (const value of events) {
    const parsed = parseDeliveryEvent(value, NOW);
    if (!parsed.ok) throw new TypeError(parsed.fault.path);
    const claim = { claim: 'whole', event: parsed.event } as const;
    const key = factKeyOf(claim);
    const state = factOf(claim);
    const known = states.get(key);
    states.set(key, known ? joinFacts(known, state) : state);
  }
  const of = <E>(type: FactState['type']) =>
    [...states].flatMap(([key, state]) => {
      const fact = resolveFact(state);
      return state.type === type && fact.status === 'known'
        ? [{ key, record: fact.record as E }]
        : [];
    });
  return {
    deployments: of<DeploymentEvent>('deployment'),
    commits: of<CommitEvent>('commit'),
    pulls: of<PullRequestEvent>('pull_request'),
    incidents: of<IncidentEvent>('incident'),
  };
}

type Facts = ReturnType<typeof factsOf>;
type Own = ChainDeployment & { service: string; fact: string };
type Mapped = Partial<ServiceMapping> & { service: string };

/** The plain reading of the definitions: all facts, every chain from its start. */
export function referenceOf(
  events: readonly unknown[],
  mappings: readonly Mapped[],
  config: DeliveryConfig,
): Reference {
  const facts = factsOf(events);
  const graph = graphOf(facts);
  const services = new Set([
    ...mappings.map(mapping => mapping.service),
    ...facts.deployments.flatMap(({ record }) => record.service ?? []),
  ]);
  const reference: Reference = { deployments: [], changes: [], incidents: [] };
  const reached: Own[] = [];
  const contained = new Map<string, Set<string>>();

  for (const service of services) {
    const mapping = {
      ...unmapped(service),
      ...mappings.find(one => one.service === service),
    };
    const own = deploymentsOf(facts, mapping).filter(one =>
      isProduction(
        one.environment,
        mapping.environments,
        config.productionPattern,
      ),
    );
    reached.push(...own.filter(one => reachedProduction(one.status)));
    const firsts = new Map<string, Reference['changes'][number]>();
    for (const environment of new Set(own.map(one => one.environment))) {
      const chain = own
        .filter(one => one.environment === environment)
        .filter(one => one.status === 'success')
        .sort(compareDeployments);
      const rules = serviceRules({ globs: mapping.paths, ...config });
      for (const found of containChain(chain, graph, rules)) {
        const deployment = chain.find(one => one.key === found.key)!;
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
        for (const { repository, number } of found.pullRequests) {
          put(`${repository}#${number}`, graph.pullRow(repository, number));
        }
      }
    }
    reference.changes.push(...firsts.values());
  }

  const linked = linkIncidents(facts, reached, contained, mappings, config);
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
  return facts.deployments.flatMap(({ key, record }) => {
    const { repository, sha, commits } = record;
    const all =
      record.parts ?? (repository ? [{ repository, sha, commits }] : []);
    const parts = record.service
      ? all
      : all.filter(part => mapping.repositories.includes(part.repository));
    const own = record.service
      ? record.service === mapping.service
      : parts.length > 0;
    if (!own || !record.finishedAt) return [];
    return [
      {
        // What else is equal is in the order of these keys.
        key: deploymentKey(sha256(key), mapping.service),
        fact: key,
        service: mapping.service,
        source: record.source,
        id: record.id,
        environment: record.environment,
        status: record.status,
        kind: record.kind ?? 'deploy',
        finishedAt: Date.parse(record.finishedAt),
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
  reached: readonly Own[],
  contained: ReadonlyMap<string, ReadonlySet<string>>,
  mappings: readonly Mapped[],
  config: DeliveryConfig,
): Map<string, JudgedIncident[]> {
  // A sha a deployment was told with is meant as well as those it brought.
  const told = new Map(
    facts.deployments.map(({ key, record }) => [
      key,
      [record.sha, ...(record.parts ?? []).map(part => part.sha)],
    ]),
  );
  const linked = new Map<string, JudgedIncident[]>();
  for (const { key, record } of facts.incidents) {
    const openedAt = Date.parse(record.openedAt);
    const { causedBy: cause } = record;
    const service = serviceOfIncident(record, mappings) ?? null;
    const suspect = suspectByWindow(
      openedAt,
      reached.filter(one => one.service === service),
      config.incidentWindowMs,
    );
    const suspects = cause
      ? suspectsByCause(
          { openedAt, service },
          reached.filter(
            one =>
              one.id === cause ||
              one.artifact === cause ||
              contained.get(one.key)?.has(cause) ||
              told.get(one.fact)?.includes(cause),
          ),
        )
      : [suspect].filter(one => one !== undefined);
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
