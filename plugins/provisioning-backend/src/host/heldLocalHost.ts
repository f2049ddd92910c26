import type {
  AtticResponse,
  CommitsQuery,
  DriftResponse,
  EffectType,
  EntitiesResponse,
  Isolation,
  LogsResponse,
  OperatorResponse,
  Release,
  Revision,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { RepositoryFact } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { ConflictError } from '@backstage/errors';
import { AwayError } from '@fawkes/kit-backend/http';
import { saidError, type Said } from '@fawkes/kit-contract';
import type { EffectDriver, EffectRequest } from '../effects/driver';
import { isLocal } from '../effects/local/isLocal';
import { LOCAL_TYPES } from '../effects/local';
import type {
  LocalHost,
  LocalHostAsks,
  MergeOutcome,
} from '../effects/localHost';
import { probeGit, probeSandbox } from '../local';
import {
  checksOf,
  deploysWith,
  isolationOf,
  obstacleOf,
  type Found,
} from './checks';
import type { HostCommits } from './commits';
import type { LocalHostOptions } from './options';
import { readLocalHost, type LocalHostReads } from './readLocalHost';
import { startLocalHost } from './startLocalHost';
import { say } from './words';

/**
 * The local host of one replica among several. What is in rows it always answers;
 * everything else only while this replica holds the lease `local-host`.
 */
export class HeldLocalHost implements LocalHost {
  readonly drivers: readonly EffectDriver[];
  private readonly reads: LocalHostReads;
  private held: Promise<LocalHost> | undefined;
  private leaving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly asks: LocalHostAsks,
    private readonly options: LocalHostOptions,
    private readonly found: Found,
  ) {
    this.reads = readLocalHost(asks, options);
    this.drivers = LOCAL_TYPES.map(type => this.driverOf(type));
  }

  /** Looks at this computer, and makes nothing before {@link HeldLocalHost.hold}. */
  static async find(
    asks: LocalHostAsks,
    options: LocalHostOptions,
  ): Promise<HeldLocalHost> {
    const { directory } = options;
    return new HeldLocalHost(asks, options, {
      git: await probeGit(),
      sandbox: options.sandbox ?? (await probeSandbox({ directory })),
    });
  }

  /**
   * This replica holds the lease from now on: what an earlier holder left running
   * is swept before this resolves.
   *
   * @param signal - aborts when the lease is lost; then everything here ends
   */
  async hold(signal: AbortSignal): Promise<void> {
    await this.leaving;
    signal.throwIfAborted();
    const { sandbox } = this.found;
    this.held ??= startLocalHost(this.asks, {
      ...this.options,
      ...(sandbox.supported && { sandbox }),
    });
    try {
      await this.held;
    } catch (error) {
      this.held = undefined;
      throw error;
    }
    const leave = () => {
      this.leave().catch(error =>
        this.options.logger.error('The local host could not be left', error),
      );
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  }

  checks(): OperatorResponse['checks'] {
    return checksOf(this.found);
  }

  obstacle(): Said | undefined {
    return obstacleOf(this.found);
  }

  words(): Said {
    return this.deploys() ? say('local.runs_code') : say('local.keeps_only');
  }

  deploys(): boolean {
    return deploysWith(this.found);
  }

  isolation(): Isolation | null {
    return isolationOf(this.found);
  }

  async observe(key: {
    namespace: string;
    name: string;
    bundleDigest: string;
  }): Promise<RepositoryFact> {
    const host = await this.held;
    return host ? host.observe(key) : 'unknown';
  }

  async serviceOf(requestId: string): Promise<Service> {
    return (await this.reader()).serviceOf(requestId);
  }

  async servicesOf(
    requestIds: readonly string[],
  ): Promise<ReadonlyMap<string, Service>> {
    return (await this.reader()).servicesOf(requestIds);
  }

  async releasesOf(requestId: string): Promise<Release[]> {
    return this.reads.releasesOf(requestId);
  }

  async findingsOf(requestId: string): Promise<Said[]> {
    return this.reads.findingsOf(requestId);
  }

  async entities(asked: {
    cursor?: string;
    limit: number;
  }): Promise<EntitiesResponse> {
    return this.reads.entities(asked);
  }

  async cloneUrlOf(requestId: string): Promise<string | null> {
    const host = await this.held;
    return host ? host.cloneUrlOf(requestId) : null;
  }

  async start(requestId: string): Promise<Service> {
    return (await this.here()).start(requestId);
  }

  async stop(requestId: string): Promise<Service> {
    return (await this.here()).stop(requestId);
  }

  async serviceLog(
    requestId: string,
    after: string | undefined,
  ): Promise<LogsResponse> {
    return (await this.here()).serviceLog(requestId, after);
  }

  async driftOf(request: EffectRequest): Promise<DriftResponse> {
    return (await this.here()).driftOf(request);
  }

  async newestGreen(
    requestId: string,
  ): Promise<{ commit: string; digest: string } | undefined> {
    return (await this.here()).newestGreen(requestId);
  }

  async reviewOf(
    request: EffectRequest,
    revision: number,
  ): Promise<Revision['review']> {
    return (await this.here()).reviewOf(request, revision);
  }

  async merge(
    request: EffectRequest,
    asked: { revision: number; head: string; by: string },
  ): Promise<MergeOutcome> {
    return (await this.here()).merge(request, asked);
  }

  async atticOf(requestId: string): Promise<AtticResponse | undefined> {
    return (await this.here()).atticOf(requestId);
  }

  async othersCommits(
    requestId: string,
  ): Promise<{ commit: string; author: string; subject: string }[]> {
    return (await this.here()).othersCommits(requestId);
  }

  async commitsOf(
    requestId: string,
    asked: CommitsQuery,
  ): Promise<HostCommits | undefined> {
    const host = await this.held;
    // Asking again reaches the one that is, sooner or later.
    if (!host) throw new AwayError(say('service.elsewhere').text);
    return host.commitsOf(requestId, asked);
  }

  async makeToken(
    userRef: string,
    requestId: string,
  ): Promise<{ user: string; token: string; expiresAt: string }> {
    return (await this.here()).makeToken(userRef, requestId);
  }

  close(): Promise<void> {
    return this.leave();
  }

  private leave(): Promise<void> {
    const { held } = this;
    this.held = undefined;
    this.leaving = this.leaving.then(async () => {
      await (await held)?.close();
    });
    return this.leaving;
  }

  /** The one that knows more; any replica knows the rows. */
  private async reader(): Promise<LocalHostReads> {
    return (await this.held) ?? this.reads;
  }

  /** @throws ConflictError where another replica is the local host */
  private async here(): Promise<LocalHost> {
    const host = await this.held;
    if (!host) throw saidError(ConflictError, say('service.elsewhere'));
    return host;
  }

  private driverOf(type: EffectType): EffectDriver {
    const driver = async () => {
      const { drivers } = await this.here();
      return drivers.find(({ types }) => types.includes(type))!;
    };
    return {
      types: [type],
      makes: isLocal,
      place: 'local-host',
      make: async context => (await driver()).make(context),
      lookUp: async context => (await driver()).lookUp(context),
    };
  }
}
