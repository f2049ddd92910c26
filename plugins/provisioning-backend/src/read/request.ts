import type {
  Link,
  ProvisioningRequest,
  RepositoryHost,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  costOf,
  entityRefOf,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Core } from '../core';
import type { LocalHost } from '../effects/localHost';
import type { Asker } from '../permissions/asker';
import { iso, isoOrNull } from '../store/json';
import {
  effectRequestOf,
  effectsOf,
  revisionOf,
  runWithId,
} from '../store/requests';
import type { RequestRow } from '../store/tables';
import { allowancesOf } from './allowances';
import { runOf } from './runs';
import { NO_SERVICE, summaryOf } from './summaries';
import { thingsOf } from './things';

/** Which program proves what is done on a host. */
const PROVEN_BY: Record<RepositoryHost, ProvisioningRequest['provenBy']> = {
  local: 'real-program',
  github: 'source-derived-stand-in',
};

/** `GET /requests/:id` */
export async function readRequest(
  core: Core,
  asker: Asker,
  row: RequestRow,
): Promise<ProvisioningRequest> {
  const { db } = core;
  const now = core.now();
  const revision = await revisionOf(db, row);
  const run = await runWithId(db, row.run_id);
  const effects = await effectsOf(db, row.id);
  const effectRequest = await effectRequestOf(db, row);
  const host = row.host === 'local' ? core.localHost() : undefined;
  const service = (await host?.serviceOf(row.id)) ?? NO_SERVICE;
  const { goes, stays } = thingsOf(effectRequest, effects);
  const things = [...goes, ...stays.map(({ thing }) => thing)];
  const waiting = await db('waiting_pushes')
    .where('request_id', row.id)
    .first('sha');
  const places = core.places.of(row.host);
  const links = [
    ...things.flatMap(thing => thing.links),
    ...((await places?.linksOf?.(effectRequest)) ?? []),
    ...(await linksHere(host, row)),
  ];
  return {
    ...summaryOf(row, service),
    spec: effectRequest.spec,
    specDigest: revision.spec_digest,
    planDigest: revision.plan_digest,
    bundleDigest: revision.bundle_digest,
    revision: row.revision,
    onFailure: row.on_failure,
    endsAt: isoOrNull(row.ends_at),
    run: runOf(run, now),
    waitingCommit: waiting?.sha ?? null,
    things,
    links: unique(links),
    releases: (await host?.releasesOf(row.id)) ?? [],
    findings: (await host?.findingsOf(row.id)) ?? [],
    cost: costOf(effectRequest.spec, core.config.rateCard),
    pendingOwner: row.pending_owner,
    allowances: await allowancesOf(asker, row, run, service),
    provenBy: PROVEN_BY[row.host],
    serverTime: iso(now),
  };
}

async function linksHere(
  host: LocalHost | undefined,
  row: RequestRow,
): Promise<Link[]> {
  const clone = await host?.cloneUrlOf(row.id);
  return clone
    ? [{ kind: 'clone', title: entityRefOf(row), target: clone }]
    : [];
}

function unique(links: readonly Link[]): Link[] {
  const byTarget = new Map(
    links.map(link => [`${link.kind} ${link.target}`, link]),
  );
  return [...byTarget.values()];
}
