import type {
  Isolation,
  Release,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { RepositoryFact } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type {
  LocalHost,
  LocalHostAsks,
  MergeOutcome,
} from '../effects/localHost';
import { NO_SERVICE } from '../read/summaries';
import { say } from '../words';
import type { World } from './world';

/** What a test says of the local host. */
export interface FakeLocalHost extends LocalHost {
  asks: LocalHostAsks | undefined;
  fact: RepositoryFact;
  commits: Awaited<ReturnType<LocalHost['commitsOf']>>;
  green: { commit: string; digest: string } | undefined;
  releases: Release[];
  merges: MergeOutcome;
  held: number;
  isolated: Isolation | null;
}

/** A local host of which a test says what is there. */
export function fakeLocalHost(world: World): FakeLocalHost {
  const change = (id: string, service: Service): Service => {
    world.services.set(id, service);
    return service;
  };
  const serviceOf = async (id: string) => world.services.get(id) ?? NO_SERVICE;
  const host: FakeLocalHost = {
    asks: undefined,
    fact: 'absent',
    commits: undefined,
    green: undefined,
    releases: [],
    merges: { outcome: 'gone' },
    held: 0,
    isolated: null,
    drivers: [world.driver('local-host')],
    checks: () => [{ name: 'git', ok: true, words: say('byhand.retry') }],
    obstacle: () => undefined,
    words: () => say('host.local.absent'),
    deploys: () => true,
    isolation: () => host.isolated,
    observe: async () => host.fact,
    serviceOf,
    servicesOf: async ids =>
      new Map(
        await Promise.all(
          ids.map(async id => [id, await serviceOf(id)] as const),
        ),
      ),
    releasesOf: async () => host.releases,
    findingsOf: async () => [],
    entities: async () => ({
      asOf: new Date().toISOString(),
      items: [],
      nextCursor: null,
    }),
    cloneUrlOf: async id => `http://127.0.0.1:4001/${id}.git`,
    start: async id =>
      change(id, { ...(await serviceOf(id)), state: 'healthy', reason: null }),
    stop: async id =>
      change(id, {
        ...(await serviceOf(id)),
        state: 'stopped',
        reason: 'asked',
      }),
    serviceLog: async () => ({
      lines: [],
      next: '0',
      cut: false,
      ended: false,
    }),
    driftOf: async () => ({
      word: 'in_sync',
      reason: say('byhand.retry'),
      behind: null,
      files: [],
      asOf: new Date(0).toISOString(),
    }),
    newestGreen: async () => host.green,
    reviewOf: async () => null,
    // A merge is told as a push, before it returns.
    async merge({ id: requestId }, { by }) {
      if (host.merges.outcome === 'merged') {
        const { commit } = host.merges;
        await host.asks?.pushed({ requestId, commit, by });
      }
      return host.merges;
    },
    atticOf: async () => undefined,
    othersCommits: async () => [],
    commitsOf: async () => host.commits,
    makeToken: async userRef => ({
      user: userRef,
      token: 'shown once',
      expiresAt: new Date(0).toISOString(),
    }),
    hold: async () => {
      host.held += 1;
    },
    close: async () => {},
  };
  return host;
}
