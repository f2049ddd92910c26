import type {
  AtticResponse,
  DriftResponse,
  EntitiesResponse,
  LogsResponse,
  OperatorResponse,
  Release,
  Revision,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { RepositoryFact } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { InputError } from '@backstage/errors';
import type { Said } from '@fawkes/kit-contract';
import type { EffectDriver, EffectRequest } from '../effects/driver';
import { localDrivers } from '../effects/local';
import type { LocalHost, MergeOutcome } from '../effects/localHost';
import { checksOf, deploysWith, obstacleOf, type Found } from './checks';
import { driftOf } from './drift';
import { releasesOf } from './history';
import { newestGreen } from './newestGreen';
import { observe } from './observe';
import { othersCommits } from './others';
import type { HostParts } from './parts';
import { merge, reviewOf } from './review';
import {
  serviceLogOf,
  shownService,
  startService,
  stopService,
} from './servicesNow';
import { say } from './words';

/** This computer, as the core knows it. */
export class Host implements LocalHost {
  readonly drivers: readonly EffectDriver[];

  constructor(
    private readonly parts: HostParts,
    private readonly found: Found,
    private readonly end: () => Promise<void>,
  ) {
    this.drivers = localDrivers(parts);
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

  observe(key: {
    namespace: string;
    name: string;
    bundleDigest: string;
  }): Promise<RepositoryFact> {
    return observe(this.parts, key);
  }

  async serviceOf(requestId: string): Promise<Service> {
    const row = await this.parts.services.find(requestId);
    return shownService(this.parts, row);
  }

  async servicesOf(
    requestIds: readonly string[],
  ): Promise<ReadonlyMap<string, Service>> {
    const rows = await this.parts.services.many(requestIds);
    return new Map(
      requestIds.map(id => [id, shownService(this.parts, rows.get(id))]),
    );
  }

  async releasesOf(requestId: string): Promise<Release[]> {
    const { history, services } = this.parts;
    const row = await services.find(requestId);
    return releasesOf(await history.of(requestId), row?.release ?? null);
  }

  findingsOf(requestId: string): Promise<Said[]> {
    return this.parts.entities.findingsOf(requestId);
  }

  async entities({
    cursor,
    limit,
  }: {
    cursor?: string;
    limit: number;
  }): Promise<EntitiesResponse> {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await this.parts.entities.page({ after, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      asOf: new Date(this.parts.now()).toISOString(),
      items: shown.map(({ requestId, entity }) => ({
        requestId,
        entity: entity as EntitiesResponse['items'][number]['entity'],
      })),
      nextCursor: last ? writeCursor(`${last.requestId}/${last.kind}`) : null,
    };
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
    if (!row || !(await repositories.isThere(row))) return undefined;
    const green = await builds.green(requestId);
    return newestGreen(repositories.directoryOf(row), green);
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

function writeCursor(position: string): string {
  return Buffer.from(position).toString('base64url');
}

function readCursor(cursor: string): string {
  const position = Buffer.from(cursor.slice(0, 512), 'base64url').toString();
  if (!/^[0-9a-z-]{1,64}\/(Component|API)$/.test(position)) {
    throw new InputError('cursor: is not one this API gave out');
  }
  return position;
}
