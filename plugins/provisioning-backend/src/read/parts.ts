import { NotFoundError } from '@backstage/errors';
import type {
  AtticResponse,
  BundleResponse,
  DestructionResponse,
  DriftResponse,
  EffectsQuery,
  EffectsResponse,
  LogsQuery,
  LogsResponse,
  RevisionsResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  keepsName,
  say as sayRule,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import { isAway } from '@fawkes/kit-backend/http';
import { InputError } from '@backstage/errors';
import type { Core } from '../core';
import { keptBundle, sha256 } from '../store/bundles';
import { iso, read } from '../store/json';
import {
  effectRequestOf,
  effectsOf,
  revisionOf,
  runsOf,
  specOf,
} from '../store/requests';
import { tables, type RequestRow } from '../store/tables';
import { say } from '../words';
import { dependantsOf } from './dependants';
import { writtenBefore } from './writtenBefore';
import { effectOf, runOf } from './runs';
import { thingsOf } from './things';

/** `GET …/effects` */
export async function readEffects(
  core: Core,
  row: RequestRow,
  { run }: EffectsQuery,
): Promise<EffectsResponse> {
  const now = core.now();
  const runs = (await runsOf(core.db, row.id)).filter(
    ({ id }) => run === undefined || id === run,
  );
  if (run !== undefined && runs.length === 0) {
    throw new NotFoundError(`${row.name} has no run ${run}`);
  }
  const ids = new Set(runs.map(({ id }) => id));
  const effects = await effectsOf(core.db, row.id);
  return {
    asOf: iso(now),
    runs: runs.reverse().map(each => runOf(each, now)),
    items: effects
      .filter(({ run_id }) => ids.has(run_id))
      .map(each => effectOf(each, now)),
  };
}

/** `GET …/revisions` */
export async function readRevisions(
  core: Core,
  row: RequestRow,
): Promise<RevisionsResponse> {
  const query = core
    .db('revisions')
    .where('request_id', row.id)
    .orderBy('revision', 'desc');
  const rows = await select(query, tables.revisions);
  const items: RevisionsResponse['items'] = [];
  // One after the other: each review reads whole trees.
  for (const revision of rows) {
    items.push({
      revision: revision.revision,
      spec: specOf(row, revision),
      specDigest: revision.spec_digest,
      planDigest: revision.plan_digest,
      bundleDigest: revision.bundle_digest,
      acceptedAt: iso(revision.accepted_at),
      by: revision.accepted_by,
      changes: read<RevisionsResponse['items'][0]['changes']>(revision.changes),
      review: await reviewOf(core, row, revision.revision),
    });
  }
  return { asOf: iso(core.now()), items };
}

async function reviewOf(core: Core, row: RequestRow, revision: number) {
  if (revision === 1) return null;
  const request = await effectRequestOf(core.db, row, revision);
  const review =
    row.host === 'local'
      ? await core.localHost()?.reviewOf(request, revision)
      : await core.places.of(row.host)?.reviewOf?.(request, revision);
  return review ?? null;
}

/** `GET …/drift`: what cannot be looked at is unknown. */
export async function readDrift(
  core: Core,
  row: RequestRow,
): Promise<DriftResponse> {
  const asOf = iso(core.now());
  const nobody: DriftResponse = {
    word: 'unknown',
    reason: sayRule('drift.unknown'),
    behind: null,
    files: [],
    asOf,
  };
  // What was taken down on purpose is nothing to mend.
  if (!keepsName(row.state)) return nobody;
  const request = await effectRequestOf(core.db, row);
  if (row.host === 'local') {
    return (await core.localHost()?.driftOf(request)) ?? nobody;
  }
  const place = core.places.of(row.host);
  const looked = await place?.driftOf?.(
    request,
    await writtenBefore(core, request),
  );
  return looked ? { ...looked, asOf } : nobody;
}

/** Most lines of one answer. */
const LOG_PAGE = 1_000;

/** `GET …/logs`: of an effect from the ledger, of the service from its host. */
export async function readLogs(
  core: Core,
  row: RequestRow,
  { effect: id, run, after }: LogsQuery,
): Promise<LogsResponse> {
  if (id === undefined) {
    const host = row.host === 'local' ? core.localHost() : undefined;
    return (
      (await host?.serviceLog(row.id, after)) ?? {
        lines: [],
        next: after ?? '0',
        cut: false,
        ended: true,
      }
    );
  }
  const from = Number(after ?? 0);
  if (!Number.isSafeInteger(from) || from < 0) {
    throw new InputError('after: must be what the answer before called next');
  }
  const effects = (await effectsOf(core.db, row.id)).filter(
    each => each.id === id && (run === undefined || each.run_id === run),
  );
  const effect = effects.at(-1);
  if (!effect) throw new NotFoundError(`${row.name} has no effect ${id}`);
  const query = core
    .db('effect_logs')
    .where({ run_id: effect.run_id, effect_id: id })
    .where('number', '>=', from)
    .orderBy('number')
    .limit(LOG_PAGE);
  const lines = await select(query, tables.effectLogs);
  const next = (lines.at(-1)?.number ?? from - 1) + 1;
  const first = lines[0]?.number ?? from;
  const open = ['planned', 'sent', 'unknown'].includes(effect.state);
  return {
    lines: lines.map(({ at, stream, text }) => ({ at: iso(at), stream, text })),
    next: String(next),
    cut: Boolean(effect.log_cut) && first > from,
    ended: !open && next >= effect.log_next,
  };
}

/** `GET …/bundle` */
export async function readBundle(
  core: Core,
  row: RequestRow,
  number: number = row.revision,
): Promise<BundleResponse> {
  const found = await core
    .db('revisions')
    .where({ request_id: row.id, revision: number })
    .first('bundle_digest');
  if (!found) throw new NotFoundError(`${row.name} has no revision ${number}`);
  const { bundle_digest: bundleDigest } = await revisionOf(core.db, {
    id: row.id,
    revision: number,
  });
  const kept = await core
    .db('bundles')
    .where('digest', bundleDigest)
    .first('digest');
  if (!kept) {
    throw new NotFoundError(
      `The files of revision ${number} are no longer kept: ${row.name} was destroyed long ago`,
    );
  }
  const files = await keptBundle(core.db, bundleDigest);
  return {
    revision: number,
    bundleDigest,
    files: files.map(({ path, mode, bytes }) => ({
      path,
      mode,
      sha256: sha256(bytes),
      bytes: Buffer.from(bytes).toString('base64'),
    })),
  };
}

/** `GET …/attic` */
export async function readAttic(
  core: Core,
  row: RequestRow,
): Promise<AtticResponse> {
  const host = row.host === 'local' ? core.localHost() : undefined;
  const found = await host?.atticOf(row.id);
  if (found) return found;
  throw new NotFoundError(
    `Nothing of ${row.name} is kept: its repository was not deleted here in the last 30 days`,
  );
}

/** `GET …/destruction`: what a destroy would take, and what would stay. */
export async function readDestruction(
  core: Core,
  row: RequestRow,
): Promise<DestructionResponse> {
  const { goes, stays } = thingsOf(
    await effectRequestOf(core.db, row),
    await effectsOf(core.db, row.id),
  );
  const host = row.host === 'local' ? core.localHost() : undefined;
  return {
    asOf: iso(core.now()),
    goes,
    stays,
    dependants: await dependantsOf(core, row).catch(error => {
      if (isAway(error)) return [say('dependant.unknown')];
      throw error;
    }),
    othersCommits: (await host?.othersCommits(row.id)) ?? [],
  };
}
