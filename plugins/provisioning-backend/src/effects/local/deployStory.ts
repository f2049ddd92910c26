import type { Said } from '@fawkes/kit-contract';
import type { Message } from '@fawkes/kit-backend/work';
import { deploymentEvent, deploymentId } from '../../host/deliveryEvents';
import { kindOf, type NewRelease } from '../../host/history';
import type { HostParts } from '../../host/parts';
import { forDelivery } from '../../host/telling';
import { say } from '../../host/words';
import type { Deployed, Unhealthy } from '../../local';
import type { EffectContext, EffectResult } from '../driver';

/** A release that a run wants to serve. */
export interface Wanted {
  digest: string;
  commit: string;
}

/** What is written down and told of one deployment. */
export class DeployStory {
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
  async ending(
    deployed: Exclude<Deployed, { outcome: 'superseded' }>,
  ): Promise<{
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
    const id = deploymentId(run.id, what === 'back' ? 'back' : 'deploy');
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
    return forDelivery(request.id, `${run.id}/${name}`, [event]);
  }
}

function whyOf({ why, code }: Unhealthy): string {
  return code === null ? why : `${why} ${code}`;
}
