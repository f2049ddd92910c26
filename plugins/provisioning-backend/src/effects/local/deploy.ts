import type { Said } from '@fawkes/kit-contract';
import { healthyBefore, kindOf } from '../../host/history';
import type { HostParts } from '../../host/parts';
import { addressOf } from '../../host/rows';
import { say } from '../../host/words';
import type { Deployed } from '../../local';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
  Sighting,
} from '../driver';
import { buildCommit } from './build';
import { DeployStory, type Wanted } from './deployStory';
import { isLocal } from './isLocal';

/** How many healthy releases are kept on disk, to go back to. */
const KEPT = 5;

/** Serves a release and waits until it is healthy: `service:deploy`. */
export function serviceDeploy(parts: HostParts): EffectDriver {
  const { builds, history, services } = parts;

  /** The release of a run, or why there is none. */
  async function wantedBy(context: EffectContext): Promise<Wanted | Said> {
    const { request, run } = context;
    const digest = await digestFor(context);
    if (!digest) return say('deploy.no_release');
    const built = context.outputOf('service:build');
    if (run.kind !== 'rollback' && built?.digest === digest) {
      return { digest, commit: String(built.commit) };
    }
    const commit = await builds.commitOf(request.id, digest);
    return commit
      ? { digest, commit }
      : say('deploy.not_built', { release: digest.slice(0, 12) });
  }

  async function digestFor(context: EffectContext) {
    const { request, run } = context;
    if (run.digest) return run.digest;
    if (run.kind !== 'rollback') {
      const digest = context.outputOf('service:build')?.digest;
      return typeof digest === 'string' ? digest : undefined;
    }
    // The same run goes back to the same release, also the second time.
    const begun = await history.find(request.id, run.id);
    if (begun) return begun.digest;
    const current = (await services.find(request.id))?.release ?? null;
    return healthyBefore(await history.of(request.id), current);
  }

  /** Serves it; one that is not on disk any more is built again first. */
  async function serve(
    context: EffectContext,
    { digest, commit }: Wanted,
    previous: string | undefined,
  ): Promise<Deployed> {
    const { deployer, repositories, services: rows } = parts;
    const { request, run, signal } = context;
    const row = await rows.find(request.id);
    if (row?.state === 'healthy' && row.release === digest) {
      const address = deployer!.addressOf(request.id);
      if (address) {
        return {
          outcome: 'healthy',
          address,
          seconds: { health: 0, ready: 0 },
        };
      }
    }
    const deploy = () =>
      deployer!.deploy({
        service: request.id,
        release: digest,
        kind: kindOf(run.kind),
        previous,
        env: { OTEL_SERVICE_NAME: request.name },
        signal,
      });
    context.beforeCall();
    const deployed = await deploy();
    if (deployed.outcome !== 'missing') return deployed;
    const repository = await repositories.byRequest(request.id);
    if (!repository) return deployed;
    context.log('The release is not on this computer any more: built again');
    const built = await buildCommit(parts, context, repository, commit);
    return built.green && built.digest === digest ? deploy() : deployed;
  }

  async function deployWanted(
    context: EffectContext,
    wanted: Wanted,
  ): Promise<EffectResult> {
    const { request, run, signal } = context;
    const { nudge } = parts;
    const before = await services.find(request.id);
    const previous =
      before?.release && before.state === 'healthy'
        ? before.release
        : healthyBefore(await history.of(request.id), wanted.digest);
    const telling = new DeployStory(parts, context, wanted);
    await history.begin(telling.begun, telling.running());
    nudge();
    const deployed = await serve(context, wanted, previous);
    if (deployed.outcome === 'superseded') {
      // A newer deploy writes down that it took this one's place.
      signal.throwIfAborted();
      throw new Error('The portal is stopping');
    }
    const ending = await telling.ending(deployed);
    await history.end(ending.rows, ending.news);
    nudge();
    parts.asks.changed(request.id);
    if (deployed.outcome === 'healthy') await prune(parts, request.id);
    context.log(`Ended: ${deployed.outcome} (${kindOf(run.kind)})`);
    return ending.result;
  }

  return {
    types: ['service:deploy'],
    makes: isLocal,
    place: 'local-host',

    async make(context): Promise<EffectResult> {
      const { deployer } = parts;
      if (!deployer) {
        return { state: 'failed', permanent: true, reason: say('build.off') };
      }
      const wanted = await wantedBy(context);
      if ('code' in wanted) {
        return { state: 'failed', permanent: true, reason: wanted };
      }
      return parts.running.admit(
        context.request.id,
        () => deployWanted(context, wanted),
        reason => ({ state: 'failed', reason }),
      );
    },

    async lookUp({ request, run }): Promise<Sighting> {
      const release = await history.find(request.id, run.id);
      if (release?.state === 'healthy') {
        const row = await services.find(request.id);
        return {
          state: 'done',
          origin: 'created',
          output: shown(release.digest, release.commit_sha, row?.port ?? null),
        };
      }
      if (release?.reason && release.state !== 'deploying') {
        const reason = JSON.parse(release.reason) as Said;
        const needsPerson = reason.code === 'deploy.needs_person';
        return { state: 'failed', reason, ...(needsPerson && { needsPerson }) };
      }
      // Nothing of it runs any more, or it does and is found when it is made.
      return { state: 'absent' };
    },
  };
}

function shown(digest: string, commit: string, port: number | null) {
  return { digest, commit, address: addressOf(port) };
}

/** Keeps the newest healthy releases, and whatever serves. */
async function prune(
  { deployer, history, services }: HostParts,
  requestId: string,
) {
  const current = (await services.find(requestId))?.release;
  const healthy = (await history.of(requestId))
    .filter(({ state }) => state === 'healthy')
    .map(({ digest }) => digest);
  const kept = [...new Set([...(current ? [current] : []), ...healthy])];
  await deployer!.prune(requestId, kept.slice(0, KEPT));
}
