import { localRepository } from '../../host/deliveryEvents';
import type { HostParts } from '../../host/parts';
import type { BuildRow, RepositoryRow } from '../../host/store';
import { newestGreen } from '../../host/newestGreen';
import { say } from '../../host/words';
import { hasCommit, tipOf, type Built } from '../../local';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
  Sighting,
} from '../driver';
import { effectLog } from './effectLog';
import { isLocal } from './isLocal';

/** What a build took, step by step. */
type Seconds = Built['seconds'];

/** Installs and tests a commit in the sandbox: `service:build`. */
export function serviceBuild(parts: HostParts): EffectDriver {
  const { repositories, builds } = parts;

  return {
    types: ['service:build'],
    makes: isLocal,
    place: 'local-host',

    async make(context): Promise<EffectResult> {
      const { deployer } = parts;
      if (!deployer) {
        return { state: 'failed', permanent: true, reason: say('build.off') };
      }
      const { request } = context;
      const row = await repositories.byRequest(request.id);
      const commit = row && (await commitFor(parts, context, row));
      if (!row || !commit) return nothingToBuild(context);
      if (!(await hasCommit(repositories.directoryOf(row), commit))) {
        return {
          state: 'failed',
          permanent: true,
          reason: say('build.missing', {
            commit: commit.slice(0, 12),
            repository: localRepository(request),
          }),
        };
      }
      const before = await builds.find(request.id, commit);
      if (before && (await isThere(parts, before))) {
        return resultOf(commit, before, true);
      }
      const built = await buildCommit(parts, context, row, commit);
      const kept = await builds.find(request.id, commit);
      return resultOf(commit, kept!, built.green && built.reused);
    },

    async lookUp(context): Promise<Sighting> {
      const { request } = context;
      const row = await repositories.byRequest(request.id);
      const commit = row && (await commitFor(parts, context, row));
      const before = commit && (await builds.find(request.id, commit));
      if (!before) return { state: 'absent' };
      // A red one may be of an earlier run; it is built again.
      return (await isThere(parts, before))
        ? resultOf(commit, before, false)
        : { state: 'absent' };
    },
  };
}

/**
 * Builds a commit and writes down what became of it.
 *
 * @throws the signal's reason when it aborts: then nobody knows
 */
export async function buildCommit(
  { deployer, repositories, builds, options }: HostParts,
  context: EffectContext,
  row: RepositoryRow,
  commit: string,
): Promise<Built> {
  const { request, signal } = context;
  context.log(`Building ${commit}`);
  context.beforeCall();
  const built = await deployer!.build({
    service: request.id,
    repository: repositories.directoryOf(row),
    commit,
    library: request.spec.type === 'library',
    log: effectLog(context, options.secrets),
    signal,
  });
  if (!built.green && built.why === 'cancelled') {
    signal.throwIfAborted();
    throw new Error('The portal is stopping');
  }
  await builds.keep(request.id, commit, built);
  return built;
}

/** The commit a run is about. */
async function commitFor(
  { repositories, builds }: HostParts,
  { request, run, outputOf }: EffectContext,
  row: RepositoryRow,
): Promise<string | undefined> {
  if (run.commit) return run.commit;
  const directory = repositories.directoryOf(row);
  if (run.kind === 'deploy') {
    const green = await builds.green(request.id);
    const newest = await newestGreen(directory, green);
    if (newest) return newest.commit;
  }
  const ensured = outputOf('repo:ensure')?.commit;
  if (run.kind === 'create' && typeof ensured === 'string') return ensured;
  return tipOf(directory);
}

async function isThere(
  { deployer }: HostParts,
  { request_id, digest }: BuildRow,
): Promise<boolean> {
  if (digest === null || !deployer) return false;
  return deployer.has(request_id, digest);
}

function nothingToBuild({ request }: EffectContext): EffectResult {
  const repository = localRepository(request);
  return { state: 'failed', reason: say('build.nothing', { repository }) };
}

function resultOf(commit: string, row: BuildRow, reused: boolean) {
  if (!row.green || row.digest === null) {
    return {
      state: 'failed' as const,
      reason: say('build.red', {
        commit: commit.slice(0, 12),
        step: row.failed ?? '',
        why: row.why ?? '',
      }),
      output: { commit },
    };
  }
  const seconds = JSON.parse(row.seconds) as Seconds;
  return {
    state: 'done' as const,
    origin: 'created' as const,
    output: {
      commit,
      digest: row.digest,
      reused,
      ...Object.fromEntries(
        Object.entries(seconds).map(([step, took]) => [
          `${step}Seconds`,
          took ?? null,
        ]),
      ),
    },
  };
}
