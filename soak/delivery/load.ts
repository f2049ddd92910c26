import { Random } from '../../bench/lib/random';
import type { ServiceMapping } from '../../plugins/delivery-backend/src/derive/serviceMapping';
import { unmapped } from '../../plugins/delivery-backend/src/derive/serviceMapping';

/** The clock of the soak: everything in the load lies before it. */
export const NOW = Date.parse('2026-06-30T12:00:00Z');
export const FROM = '2026-03-01';
export const TO = '2026-06-30';

const START = Date.parse('2026-03-02T00:00:00Z');
const SPAN_MS = 110 * 86_400_000;
const SERVICES = 20;
/** Per repository: the events that one commit brings along, on average. */
const EVENTS_PER_COMMIT = 1.7;

type Event = Record<string, unknown>;

/** Which repository belongs to which service; one in five is never mapped. */
export function mappings(): ServiceMapping[] {
  return Array.from({ length: SERVICES }, (_, n) => n)
    .filter(n => n % 5 !== 4)
    .map(n => ({
      ...unmapped(serviceOf(n)),
      repositories: [`github.com/${repositoryOf(n)}`],
      ...(n % 5 === 3 ? { environments: ['production', 'prod-eu'] } : {}),
    }));
}

/** Every service of the load. */
export function services(): string[] {
  return Array.from({ length: SERVICES }, (_, n) => serviceOf(n));
}

function serviceOf(n: number): string {
  return `component:default/service-${n}`;
}

function repositoryOf(n: number): string {
  return `acme/service-${n}`;
}

/**
 * A load of events in the disorder they come in: mostly as they happened, one
 * in ten much later, one in twenty twice.
 */
export function makeLoad(count: number, seed: number): Event[] {
  const random = new Random(seed);
  const placed: Array<{ event: Event; place: number }> = [];
  const place = (event: Event) => {
    const late =
      random.next() < 0.1 ? random.next() * 0.5 : random.next() * 0.01;
    const happened = Date.parse(String(event.occurredAt)) - START;
    placed.push({ event, place: happened / SPAN_MS + late });
    if (random.next() < 0.05) {
      placed.push({ event, place: happened / SPAN_MS + random.next() });
    }
  };
  const commits = Math.ceil(count / SERVICES / EVENTS_PER_COMMIT);
  for (let n = 0; n < SERVICES; n++) {
    for (let index = 0; index < commits; index++) {
      storyOf(n, index, commits, random).forEach(place);
    }
  }
  return placed
    .sort((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ event }) => event);
}

/** What happens around one commit of a service. */
function storyOf(
  n: number,
  index: number,
  commits: number,
  random: Random,
): Event[] {
  const repository = repositoryOf(n);
  const at = START + (index / commits) * SPAN_MS * 0.98;
  const after = (hours: number) => iso(at + hours * 3_600_000 * random.next());
  const events: Event[] = [];
  const second = random.next() < 0.1 && index > 5 ? [shaOf(n, index - 5)] : [];
  events.push({
    type: 'change',
    kind: 'commit',
    source: 'git',
    id: `${n}-${index}`,
    occurredAt: iso(at),
    repository,
    sha: shaOf(n, index),
    parents: index > 0 ? [shaOf(n, index - 1), ...second] : [],
    authoredAt: iso(at - random.next() * 86_400_000),
    committedAt: iso(at),
  });
  if (random.next() < 0.3) {
    events.push({
      type: 'change',
      kind: 'pull_request',
      source: 'github.com',
      id: `pr-${n}-${index}`,
      occurredAt: iso(at),
      repository,
      number: index + 1,
      openedAt: iso(at - random.next() * 86_400_000),
      mergedAt: iso(at),
      baseBranch: 'main',
      headSha: shaOf(n, index),
      commits: [shaOf(n, index)],
      labels: [],
    });
  }
  if (random.next() < 0.3) events.push(...deploymentOf(n, index, at, random));
  if (random.next() < 0.03) {
    events.push({
      type: 'incident',
      source: 'pager',
      id: `incident-${n}-${index}`,
      occurredAt: after(20),
      service: serviceOf(n),
      openedAt: iso(at),
      ...(random.next() < 0.7 ? { resolvedAt: after(20) } : {}),
      ...(random.next() < 0.3
        ? { causedBy: shaOf(n, Math.max(0, index - 2)) }
        : {}),
    });
  }
  return events;
}

function deploymentOf(
  n: number,
  index: number,
  at: number,
  random: Random,
): Event[] {
  const named = n % 5 === 4 || random.next() < 0.2;
  const finished = at + random.next() * 3_600_000;
  const common: Event = {
    type: 'deployment',
    source: 'ci',
    id: `deploy-${n}-${index}`,
    environment: n % 5 === 3 && random.next() < 0.5 ? 'prod-eu' : 'production',
    repository: repositoryOf(n),
    sha: shaOf(n, index),
    ...(named ? { service: serviceOf(n) } : {}),
  };
  const fate = random.next();
  return [
    { ...common, occurredAt: iso(at), status: 'running', startedAt: iso(at) },
    {
      ...common,
      occurredAt: iso(finished),
      finishedAt: iso(finished),
      status: fate < 0.05 ? 'failure' : 'success',
      ...(fate > 0.95 ? { kind: fate > 0.97 ? 'hotfix' : 'rollback' } : {}),
    },
  ];
}

function shaOf(n: number, index: number): string {
  return `${n}f${index}`.padStart(40, '0');
}

function iso(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}
