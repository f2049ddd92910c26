import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
  Sighting,
} from '@fawkes/backstage-plugin-provisioning-node';
import { bring } from './api/bring';
import { refused, resultOf, sightingOf } from './api/endings';
import { GithubApi } from './api/githubApi';
import { targetOf, type ConnectionParts } from './connections';
import {
  CATALOG_TURNS,
  ensureEntity,
  removeEntity,
  type Catalog,
} from './effects/catalog';
import { ensureRepository } from './effects/ensure';
import { archiveRepository, releaseRepository } from './effects/leave';
import type { Look, Parts } from './effects/parts';
import {
  ensurePipeline,
  PIPELINE_TURNS,
  removePipeline,
} from './effects/pipeline';
import { proposeUpdate } from './effects/propose';
import { protectBranch, unprotectBranch } from './effects/protect';
import { removeRepository } from './effects/purge';
import { say } from './words';

/** An effect of this driver, and how often it may look. */
interface Kind {
  look(parts: Parts, catalog: Catalog): Look;
  turns?: number;
}

const KINDS: Partial<Record<EffectType, Kind>> = {
  'repo:ensure': { look: ensureRepository },
  'repo:protect': { look: protectBranch },
  'repo:unprotect': { look: unprotectBranch },
  'repo:propose': { look: proposeUpdate },
  // One turn for each proposal and branch that leaves.
  'repo:archive': { look: archiveRepository, turns: 120 },
  'repo:release': { look: releaseRepository, turns: 240 },
  'repo:remove': { look: removeRepository },
  'ci:ensure': { look: ensurePipeline, turns: PIPELINE_TURNS },
  'ci:remove': { look: removePipeline, turns: PIPELINE_TURNS },
  'catalog:entity:ensure': { look: ensureEntity, turns: CATALOG_TURNS },
  'catalog:entity:remove': { look: removeEntity, turns: CATALOG_TURNS },
};

/** Makes the effects of services whose repository is on GitHub. */
export class GithubDriver implements EffectDriver {
  readonly types = Object.keys(KINDS) as EffectType[];
  readonly place = 'anywhere';

  constructor(
    private readonly parts: ConnectionParts,
    private readonly catalog: Catalog,
  ) {}

  /** {@inheritdoc EffectDriver.makes} */
  makes({ spec }: EffectContext['request']): boolean {
    return spec.repository.host === 'github';
  }

  /** {@inheritdoc EffectDriver.make} */
  async make(context: EffectContext): Promise<EffectResult> {
    let api: GithubApi | undefined;
    try {
      const begun = this.begin(context);
      api = begun.api;
      return await bring(api, begun.look, begun.turns);
    } catch (error) {
      return resultOf(error, api?.lost ?? false);
    }
  }

  /** {@inheritdoc EffectDriver.lookUp} */
  async lookUp(context: EffectContext): Promise<Sighting> {
    try {
      const seen = await this.begin(context).look();
      return 'result' in seen ? seen.result : { state: 'absent' };
    } catch (error) {
      return sightingOf(error);
    }
  }

  private begin(context: EffectContext) {
    const { type } = context.effect;
    const kind = KINDS[type];
    if (!kind) throw new TypeError(`${type} is made by another driver`);
    const { request } = context;
    const target = targetOf(this.parts, request);
    if (!target) {
      const { repository } = request.spec;
      const named = repository.host === 'github' ? repository : undefined;
      throw refused(
        say('github.not_allowed', {
          owner: named?.owner ?? '',
          server: named?.server ?? '',
        }),
      );
    }
    const api = new GithubApi(target.connection, {
      beforeCall: () => context.beforeCall(),
      signal: context.signal,
      log: text => context.log(text),
    });
    const { protection } = this.parts.options;
    const parts: Parts = { api, place: target.place, context, protection };
    return { api, look: kind.look(parts, this.catalog), turns: kind.turns };
  }
}
