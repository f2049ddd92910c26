import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  DriftResponse,
  Link,
  Revision,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  TRAILER_REQUEST,
  updateBranch,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  driftWord,
  type RenderedFile,
  type RepositoryFact,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type {
  EffectRequest,
  RepositoryPlaces,
  WantedRepository,
  WrittenBefore,
} from '@fawkes/backstage-plugin-provisioning-node';

import type { Said } from '@fawkes/kit-contract';
import { Ending, Outage } from './api/endings';
import { GithubApi } from './api/githubApi';
import { headOf, lookAt } from './api/look';
import { targetOf, type ConnectionParts, type Target } from './connections';
import { driftOn } from './drift';
import { pullOf } from './effects/proposal';
import { treeOf } from './git/objects';
import { say } from './words';

/** How long a question of a page may take, in milliseconds. */
const PATIENCE = 10_000;

/** Repositories on GitHub, as the core asks about them. Nothing here changes anything. */
export class GithubPlaces implements RepositoryPlaces {
  readonly host = 'github';

  constructor(
    private readonly parts: ConnectionParts,
    private readonly logger: LoggerService,
    private readonly patience = PATIENCE,
  ) {}

  /** {@inheritdoc RepositoryPlaces.words} */
  words(): Said {
    const { allowed } = this.parts.options;
    if (allowed.length === 0) return say('github.no_places');
    const owners = allowed.map(({ server, owner }) => `${server}/${owner}`);
    return say('github.places', { owners: owners.join(', ') });
  }

  /** Servers and organisations in which they may be made, in lower case. */
  places() {
    return this.parts.options.allowed.map(({ server, owner }) => ({
      server,
      owner,
    }));
  }

  /** {@inheritdoc RepositoryPlaces.available} */
  available(): boolean {
    return this.parts.options.allowed.length > 0;
  }

  /**
   * {@inheritdoc RepositoryPlaces.observe}
   *
   * With the files themselves it also tells a repository of somebody else that
   * holds exactly them; by their digest alone, only one that we wrote.
   */
  async observe(wanted: WantedRepository): Promise<RepositoryFact> {
    const target = targetOf(this.parts, wanted);
    if (!target) return 'taken';
    try {
      return await factOf(this.ask(target), target, wanted);
    } catch (error) {
      if (!this.isAway(error)) throw error;
      return 'unknown';
    }
  }

  /**
   * The pull request of an update.
   *
   * @throws ServiceUnavailableError while GitHub cannot be asked
   */
  async reviewOf(
    request: EffectRequest,
    revision: number,
  ): Promise<Revision['review']> {
    const target = targetOf(this.parts, request);
    if (!target) return null;
    const branch = updateBranch(revision);
    const pull = await pullOf(this.ask(target), target.place, branch).catch(
      error => {
        if (!this.isAway(error)) throw error;
        throw new ServiceUnavailableError(
          `The pull request of ${branch} could not be read: ${error.message}`,
        );
      },
    );
    if (!pull) return null;
    const closed = pull.merged_at ? 'merged' : 'closed';
    return {
      state: pull.state === 'open' ? 'open' : closed,
      branch,
      head: pull.base.sha,
      files: [],
      url: pull.html_url,
    };
  }

  /** {@inheritdoc RepositoryPlaces.driftOf} */
  async driftOf(
    request: EffectRequest,
    known: WrittenBefore,
  ): Promise<Omit<DriftResponse, 'asOf'>> {
    const target = targetOf(this.parts, request);
    const unknown = driftWord({
      reachable: false,
      managed: [],
      versions: { from: '', to: '' },
    });
    if (!target) return unknown;
    try {
      return await driftOn({
        api: this.ask(target),
        place: target.place,
        requestId: request.id,
        protection: this.parts.options.protection,
        known,
      });
    } catch (error) {
      if (!this.isAway(error)) throw error;
      return error instanceof Ending
        ? { ...unknown, reason: error.result.reason }
        : unknown;
    }
  }

  /** Where people find the repository. */
  async linksOf(request: EffectRequest): Promise<Link[]> {
    const target = targetOf(this.parts, request);
    if (!target) return [];
    const { owner, repo } = target.place;
    const name = `${owner}/${repo}`;
    const url = `https://${target.connection.server}/${name}`;
    return [
      { kind: 'repository', title: name, target: url },
      { kind: 'pipeline', title: name, target: `${url}/actions` },
    ];
  }

  private ask({ connection }: Target): GithubApi {
    const signal = AbortSignal.timeout(this.patience);
    return new GithubApi(connection, {
      beforeCall: () => {},
      signal,
      log: text => this.logger.debug(text),
    });
  }

  private isAway(error: unknown): boolean {
    const known = error instanceof Outage || error instanceof Ending;
    const late = (error as Error).name === 'TimeoutError';
    if (known || late) {
      this.logger.warn(
        `GitHub could not be asked: ${(error as Error).message}`,
      );
    }
    return known || late;
  }
}

async function factOf(
  api: GithubApi,
  { place }: Target,
  wanted: WantedRepository & { files?: readonly RenderedFile[] },
): Promise<RepositoryFact> {
  const looked = await lookAt(api, place);
  if (looked.state === 'absent') return 'absent';
  if (looked.state !== 'there' || looked.repository.archived) return 'taken';
  const { repository } = looked;
  if (repository.description?.includes(`[${TRAILER_REQUEST}: `)) return 'ours';
  const head = await headOf(api, place, repository.default_branch);
  // Nobody's work is in it: it is taken over as it is.
  if (!head) return 'same';
  if (head.marks.request && head.marks.bundle === wanted.bundleDigest) {
    return 'ours';
  }
  const same = wanted.files && treeOf(wanted.files) === head.tree;
  return same ? 'same' : 'diverged';
}
