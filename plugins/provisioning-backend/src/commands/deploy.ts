import type {
  DeployBody,
  RollbackBody,
  RunAnswer,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  conflict,
  decide,
  planDeploy,
  type ObservedFacts,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Core } from '../core';
import type { LocalHost } from '../effects/localHost';
import { beginRun } from '../ledger/begin';
import type { Asker } from '../permissions/asker';
import type { Initiator } from '../people/people';
import { read } from '../store/json';
import { revisionOf, runWithId, specOf } from '../store/requests';
import type { RequestRow } from '../store/tables';
import { say } from '../words';
import { inTurn, requestFor } from './inTurn';
import { refusal } from './refuse';

/** `POST …/deploy`: a commit, or the newest with a green build. */
export async function deploy(
  core: Core,
  asker: Asker,
  id: string,
  body: DeployBody,
): Promise<RunAnswer> {
  const request = await requestFor(core, asker, id, 'deploy');
  await refuseInState(core, request, 'deploy');
  const host = deployerOf(core, request);
  const commit = body.commit ?? (await newestGreen(host, request));
  const initiator = await asker.initiator(request);
  return begin(core, id, 'deploy', initiator, { commit });
}

/** `POST …/rollback`: an earlier release, or the previous healthy one. */
export async function rollback(
  core: Core,
  asker: Asker,
  id: string,
  body: RollbackBody,
): Promise<RunAnswer> {
  const request = await requestFor(core, asker, id, 'rollback');
  await refuseInState(core, request, 'rollback');
  const host = deployerOf(core, request);
  const releases = await host.releasesOf(id);
  const healthy = releases.filter(release => release.healthy);
  const found = body.digest
    ? healthy.find(({ digest }) => digest === body.digest)
    : healthy.find(({ current }) => !current);
  if (!found) {
    throw conflict(
      'NO_RELEASE',
      `${request.name} has no earlier healthy release to go back to`,
      { state: request.state },
    );
  }
  const initiator = await asker.initiator(request);
  return begin(core, id, 'rollback', initiator, { digest: found.digest });
}

/** What runs services of a request; refused where nothing does. */
export function deployerOf(core: Core, request: RequestRow): LocalHost {
  const host = request.host === 'local' ? core.localHost() : undefined;
  const obstacle = host?.obstacle();
  if (host?.deploys() && !obstacle) return host;
  const words =
    obstacle ??
    (request.host === 'local'
      ? say('host.local.off')
      : say('run.no_driver', { host: request.host }));
  throw conflict('NOT_AVAILABLE', words.text, {
    state: request.state,
    details: { words },
  });
}

async function newestGreen(
  host: LocalHost,
  request: RequestRow,
): Promise<string> {
  const newest = await host.newestGreen(request.id);
  if (newest) return newest.commit;
  throw conflict(
    'NO_GREEN_BUILD',
    `No commit of ${request.name} has a green build yet; push one, or name a commit`,
    { state: request.state, details: { commit: null } },
  );
}

/** Says what the state forbids before anything outside is asked. */
async function refuseInState(
  core: Core,
  request: RequestRow,
  command: 'deploy' | 'rollback',
): Promise<void> {
  const run = await runWithId(core.db, request.run_id);
  const outcome = decide(command, { state: request.state, runKind: run.kind });
  if (outcome.do === 'refuse') throw refusal(outcome.code, request);
}

async function begin(
  core: Core,
  id: string,
  kind: 'deploy' | 'rollback',
  initiator: Initiator,
  wanted: { commit?: string; digest?: string },
): Promise<RunAnswer> {
  return inTurn(core, id, async ({ tx, request, run, now }) => {
    const outcome = decide(kind, { state: request.state, runKind: run.kind });
    if (outcome.do === 'refuse') throw refusal(outcome.code, request);
    if (outcome.do === 'supersede') {
      await tx('runs')
        .where({ request_id: id, state: 'running' })
        .update({ asked: 'superseded', asked_at: now });
    }
    const revision = await revisionOf(tx, request);
    const facts = read<ObservedFacts>(revision.facts);
    // What waited is older than what is asked for now.
    if (kind === 'deploy') {
      await tx('waiting_pushes').where('request_id', id).delete();
    }
    const runId = await beginRun(
      tx,
      request,
      {
        kind,
        state: 'running',
        initiator,
        revision: request.revision,
        effects: planDeploy(kind, specOf(request, revision), facts),
        ...wanted,
      },
      now,
    );
    return { id, runId, state: 'running' as const };
  });
}
