import type {
  AtticResponse,
  CommitsQuery,
  DriftResponse,
  EntitiesResponse,
  Isolation,
  LogsResponse,
  OperatorResponse,
  Release,
  Revision,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { RepositoryFact } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import type { EffectDriver, EffectRequest } from '../effects/driver';
import { localDrivers } from '../effects/local';
import type { LocalHost, MergeOutcome } from '../effects/localHost';
import {
  checksOf,
  deploysWith,
  isolationOf,
  obstacleOf,
  type Found,
} from './checks';
import { commitsOf, type HostCommits } from './commits';
import { driftOf } from './drift';
import { newestGreen } from './newestGreen';
import { observe } from './observe';
import { othersCommits } from './others';
import type { HostParts } from './parts';
import { Reads } from './reads';
import { merge, reviewOf } from './review';
import { serviceLogOf, startService, stopService } from './servicesNow';
import { say } from './words';

/** This computer, as the core knows it. */
export class Host implements LocalHost {
  readonly drivers: readonly EffectDriver[];
  private readonly reads: Reads;

  constructor(
    private readonly parts: HostParts,
    private readonly found: Found,
    private readonly end: () => Promise<void>,
  ) {
    this.drivers = localDrivers(parts);
    this.reads = new Reads(parts);
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

  observe(key: {
    namespace: string;
    name: string;
    bundleDigest: string;
  }): Promise<RepositoryFact> {
    return observe(this.parts, key);
  }

  serviceOf(requestId: string): Promise<Service> {
    return this.reads.serviceOf(requestId);
  }

  servicesOf(
    requestIds: readonly string[],
  ): Promise<ReadonlyMap<string, Service>> {
    return this.reads.servicesOf(requestIds);
  }

  releasesOf(requestId: string): Promise<Release[]> {
    return this.reads.releasesOf(requestId);
  }

  findingsOf(requestId: string): Promise<Said[]> {
    return this.reads.findingsOf(requestId);
  }

  entities(asked: {
    cursor?: string;
    limit: number;
  }): Promise<EntitiesResponse> {
    return this.reads.entities(asked);
  }

  async cloneUrlOf(requestId: string): Promise<string | null> {
    const { repositories, remote } = this.parts;
    const row = await repositories.byRequest(requestId);
    return row && (await repositories.isThere(row))
      ? remote.urlOf(`${row.namespace}/${row.name}`)
      : null;
  }

  start(requestId: string): Promise<Service> {
    return startService(this.parts, requestId);
  }

  stop(requestId: string): Promise<Service> {
    return stopService(this.parts, requestId);
  }

  serviceLog(
    requestId: string,
    after: string | undefined,
  ): Promise<LogsResponse> {
    return serviceLogOf(this.parts, requestId, after);
  }

  driftOf(request: EffectRequest): Promise<DriftResponse> {
    return driftOf(this.parts, request);
  }

  async newestGreen(
    requestId: string,
  ): Promise<{ commit: string; digest: string } | undefined> {
    const { repositories, builds } = this.parts;
    const row = await repositories.byRequest(requestId);
    if (!row) return undefined;
    const green = await builds.green(requestId);
    return repositories.whileThere(row, directory =>
      newestGreen(directory, green),
    );
  }

  reviewOf(
    request: EffectRequest,
    revision: number,
  ): Promise<Revision['review']> {
    return reviewOf(this.parts, request, revision);
  }

  merge(
    request: EffectRequest,
    asked: { revision: number; head: string; by: string },
  ): Promise<MergeOutcome> {
    return merge(this.parts, request, asked);
  }

  atticOf(requestId: string): Promise<AtticResponse | undefined> {
    return this.parts.attic.find(requestId);
  }

  othersCommits(
    requestId: string,
  ): Promise<{ commit: string; author: string; subject: string }[]> {
    return othersCommits(this.parts, requestId);
  }

  commitsOf(
    requestId: string,
    asked: CommitsQuery,
  ): Promise<HostCommits | undefined> {
    return commitsOf(this.parts, requestId, asked);
  }

  makeToken(
    userRef: string,
    requestId: string,
  ): Promise<{ user: string; token: string; expiresAt: string }> {
    return this.parts.access.makeToken(userRef, requestId);
  }

  close(): Promise<void> {
    return this.end();
  }
}
