import type { Said } from '@fawkes/kit-contract';
import { deploymentEvent } from '../../host/deliveryEvents';
import { healthyBefore, kindOf, type NewRelease } from '../../host/history';
import type { HostParts } from '../../host/parts';
import { addressOf } from '../../host/rows';
import { forDelivery } from '../../host/telling';
import { say } from '../../host/words';
import type { Deployed, Unhealthy } from '../../local';
import type { Message } from '../../outbox';
import {
  Superseded,
  type EffectContext,
  type EffectDriver,
  type EffectResult,
  type Sighting,
} from '../driver';
import { buildCommit } from './build';
import { isLocal } from './isLocal';

/** How many healthy releases are kept on disk, to go back to. */
const KEPT = 5;

/** A release that a run wants to serve. */
interface Wanted {
  digest: string;
  commit: string;
}

/** Serves a release and waits until it is healthy: `service:deploy`. */
export function serviceDeploy(parts: HostParts): EffectDriver {
  const { builds, history, services } = parts;

  /** The release of a run, or why there is none. */
  async function wantedBy(context: EffectContext): Promise<Wanted | Said> {
    const { request, run, outputOf } = context;
    const digest = await digestFor(context);
    if (!digest) return say('deploy.no_release');
    const built = outputOf('service:build');
    if (run.kind !== 'rollback' && built?.digest === digest) {
      return { digest, commit: String(built.commit) };
    }
    const commit = await builds.commitOf(request.id, digest);
    return commit
      ? { digest, commit }
      : say('deploy.not_built', { release: digest.slice(0, 12) });
  }

  async function digestFor({ request, run, outputOf }: EffectContext) {
    if (run.digest) return run.digest;
    if (run.kind !== 'rollback') {
      const digest = outputOf('service:build')?.digest;
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
    const telling = new Telling(parts, context, wanted);
    await history.begin(telling.begun, telling.running());
    nudge();
    const deployed = await serve(context, wanted, previous);
    if (
      deployed.outcome === 'superseded' &&
      !(signal.reason instanceof Superseded)
    ) {
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
          output: outputOf(
            release.digest,
            release.commit_sha,
            row?.port ?? null,
          ),
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

function outputOf(digest: string, commit: string, port: number | null) {
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

/** What is written down and told of one deployment. */
class Telling {
  readonly begun: NewRelease;
  private readonly at: number;

  constructor(
    private readonly parts: HostParts,
    private readonly context: EffectContext,
    private readonly wanted: Wanted,
  ) {
    const { request, run } = context;
    this.at = parts.now();
    this.begun = {
      request_id: request.id,
      run_id: run.id,
      part: 'deploy',
      digest: wanted.digest,
      commit_sha: wanted.commit,
      kind: kindOf(run.kind),
      state: 'deploying',
      reason: null,
      at: this.at,
      by: run.initiator,
    };
  }

  running(): Message[] {
    return this.tell('running', this.at, 'running', this.wanted);
  }

  /** What is true once the deployer is done. */
  async ending(deployed: Deployed): Promise<{
    rows: NewRelease[];
    news: Message[];
    result: EffectResult;
  }> {
    const { request } = this.context;
    const { digest, commit } = this.wanted;
    const at = this.parts.now();
    const release = digest.slice(0, 12);
    const failed = (reason: Said, more: Partial<EffectResult> = {}) => ({
      rows: [this.ended('failed', reason)],
      news: this.tell('failure', at, 'ended', this.wanted),
      result: { state: 'failed', reason, ...more } as EffectResult,
    });
    switch (deployed.outcome) {
      case 'healthy': {
        const { address, seconds } = deployed;
        return {
          rows: [this.ended('healthy', null)],
          news: this.tell('success', at, 'ended', this.wanted),
          result: {
            state: 'done',
            origin: 'created',
            links: [{ kind: 'address', title: request.name, target: address }],
            output: {
              digest,
              commit,
              address,
              healthSeconds: seconds.health,
              readySeconds: seconds.ready,
            },
          },
        };
      }
      case 'went-back': {
        const back = await this.back(deployed.to);
        const why = whyOf(deployed.why);
        const reason = say('deploy.went_back', {
          release,
          why,
          back: back.digest.slice(0, 12),
        });
        const gone = failed(reason, {
          output: { digest: back.digest, address: deployed.address },
        });
        return {
          ...gone,
          rows: [
            ...gone.rows,
            {
              ...this.begun,
              part: 'back',
              digest: back.digest,
              commit_sha: back.commit,
              kind: 'rollback',
              state: 'healthy',
              at,
            },
          ],
          news: [
            ...gone.news,
            ...this.tell('success', at, 'back', back, 'rollback'),
          ],
        };
      }
      case 'needs-person':
        return failed(
          say('deploy.needs_person', { release, why: whyOf(deployed.why) }),
          { needsPerson: true },
        );
      case 'failed':
        return failed(
          say('deploy.failed', { release, why: whyOf(deployed.why) }),
        );
      case 'superseded': {
        const reason = say('deploy.superseded');
        return {
          rows: [this.ended('superseded', reason)],
          news: this.tell('cancelled', at, 'ended', this.wanted),
          result: { state: 'failed', reason },
        };
      }
      default:
        return failed(say('deploy.not_built', { release }), {
          permanent: true,
        });
    }
  }

  private async back(digest: string): Promise<Wanted> {
    const { builds } = this.parts;
    const commit = await builds.commitOf(this.context.request.id, digest);
    return { digest, commit: commit ?? this.wanted.commit };
  }

  private ended(state: NewRelease['state'], reason: Said | null): NewRelease {
    return {
      ...this.begun,
      state,
      reason: reason && JSON.stringify(reason),
    };
  }

  private tell(
    status: 'running' | 'success' | 'failure' | 'cancelled',
    at: number,
    what: string,
    { digest, commit }: Wanted,
    kind: 'deploy' | 'rollback' = kindOf(this.context.run.kind),
  ): Message[] {
    const { request, run, effect } = this.context;
    const { attempt } = effect;
    const id = `${run.id}/${effect.id}${what === 'back' ? '/back' : ''}`;
    // Begun again after a crash, it is still the one deployment.
    const event = deploymentEvent(request, {
      id,
      status,
      kind,
      commit,
      digest,
      startedAt: Math.min(this.at, at),
      ...(status !== 'running' && { finishedAt: at }),
      actor: run.initiator,
    });
    const name = status === 'running' ? what : `${what}/${attempt}`;
    return forDelivery(request.id, `${run.id}/${effect.id}/${name}`, [event]);
  }
}

function whyOf({ why, code }: Unhealthy): string {
  return code === null ? why : `${why} ${code}`;
}
