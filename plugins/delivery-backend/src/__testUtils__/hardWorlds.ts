import type { DeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import type { Retold, Told } from './arbitraries';
import { sha } from './harness';

const AT = Date.parse('2026-03-23T23:00:00Z');
const iso = (hours = 0) => new Date(AT + hours * 3_600_000).toISOString();

const deployment = (
  id: string,
  told: Partial<DeliveryEvent> & object,
  hours = 0,
): DeliveryEvent =>
  ({
    type: 'deployment',
    source: 'ci',
    id,
    environment: 'production',
    occurredAt: iso(hours),
    finishedAt: iso(hours),
    status: 'success',
    ...told,
  } as DeliveryEvent);

const push = (before: number, after: number): DeliveryEvent =>
  ({
    type: 'change',
    kind: 'push',
    source: 'github.com',
    id: `main ${before} ${after}`,
    repository: 'acme/mono',
    ref: 'refs/heads/main',
    before: sha(before),
    after: sha(after),
    commits: Array.from({ length: after - before }, (_, i) =>
      sha(before + 1 + i),
    ),
    complete: true,
    occurredAt: iso(),
  } as DeliveryEvent);

/** Told at once, and in two goes that are derived one after the other. */
function inTwo(first: Told[], then: Told[]): Retold {
  return {
    events: [...first, ...then],
    batches: [
      { events: first, settle: true },
      { events: then, settle: false },
    ],
  };
}

/**
 * Worlds that once ended differently when they were told in pieces; the soak
 * found them.
 */
export const HARD_WORLDS: Retold[] = [
  // One job of a run is told for a service, and without one under the same id.
  inTwo(
    [
      deployment('d0', {
        service: 'component:default/a',
        run: 'r1',
        parts: [{ repository: 'acme/mono', sha: sha(0) }],
      }),
      deployment('d1', { parts: [{ repository: 'acme/b', sha: sha(0) }] }),
    ],
    [
      deployment('d1', {
        service: 'component:default/a',
        run: 'r1',
        repository: 'acme/mono',
        sha: sha(0),
      }),
    ],
  ),
  // Only a push says that what is deployed comes after what ran before.
  inTwo(
    [
      deployment('d0', {
        service: 'component:default/a',
        repository: 'acme/mono',
        sha: sha(0),
        commits: [],
      }),
      push(0, 4),
    ],
    [
      deployment(
        'd1',
        {
          service: 'component:default/a',
          repository: 'acme/mono',
          sha: sha(4),
        },
        6,
      ),
    ],
  ),
  // What is deployed again was never told, but what ran is known to come after it.
  inTwo(
    [
      deployment('d4', {
        service: 'component:default/a',
        repository: 'acme/mono',
        sha: sha(4),
      }),
      {
        type: 'change',
        kind: 'commit',
        source: 'git',
        id: 'c4',
        repository: 'acme/mono',
        sha: sha(4),
        parents: [sha(3)],
        occurredAt: iso(),
        authoredAt: iso(),
        committedAt: iso(),
        paths: [],
      } as DeliveryEvent,
    ],
    [
      deployment(
        'd0',
        {
          service: 'component:default/a',
          repository: 'acme/mono',
          sha: sha(3),
          commits: [],
        },
        6,
      ),
    ],
  ),
];
