import {
  TRAILER_BUNDLE,
  TRAILER_REQUEST,
  TRAILER_TEMPLATE,
  updateBranch,
  type Link,
} from '@fawkes/backstage-plugin-provisioning-common';
import { localRepository } from '../../host/deliveryEvents';
import { remoteOf, type HostParts } from '../../host/parts';
import type { RepositoryRow } from '../../host/store';
import { say } from '../../host/words';
import {
  ensureTree,
  lookUp,
  tipOf,
  type CommitWords,
  type Ensured,
  type EnsureRequest,
  type Person,
} from '../../local';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
  Sighting,
} from '../driver';
import { isLocal } from './isLocal';

/** Trailer by which an effect knows its own commit again. */
export const TRAILER_EFFECT = 'Fawkes-Effect';

/** Makes the repository of a request hold its files: `repo:ensure`. */
export function repoEnsure(parts: HostParts): EffectDriver {
  const { repositories, remote, pushes } = parts;

  async function requestFor(
    context: EffectContext,
    row: RepositoryRow,
  ): Promise<EnsureRequest> {
    const { request, signal } = context;
    const files = await context.bundle();
    return {
      remote: remoteOf(parts, row),
      files: new Map(
        files.map(({ path, mode, bytes }) => [
          path,
          { mode, bytes: Buffer.from(bytes) },
        ]),
      ),
      words: wordsFor(context, `Create ${request.name}`),
      marker: TRAILER_EFFECT,
      origin: row.origin,
      updateBranch: updateBranch(request.revision),
      workDirectory: repositories.workDirectory,
      signal,
    };
  }

  /** Keeps which commit is exactly what we wrote, for later comparisons. */
  async function keepWritten(
    { request }: EffectContext,
    row: RepositoryRow,
    commit: string,
  ) {
    await repositories.update(row, {
      written_revision: request.revision,
      written_commit: commit,
    });
  }

  async function settle(
    context: EffectContext,
    row: RepositoryRow,
    ensured: Ensured,
  ): Promise<EffectResult> {
    const { request } = context;
    const repository = localRepository(request);
    const made = {
      origin: row.origin,
      links: linksOf(parts, row),
    };
    switch (ensured.outcome) {
      case 'pushed':
      case 'unchanged':
      case 'already': {
        const { outcome, commit, tree } = ensured;
        await keepWritten(context, row, ensured.written);
        return {
          state: 'done',
          ...made,
          output: { commit, tree, repository },
          ...(outcome === 'unchanged' && { note: say('repo.unchanged') }),
          ...(outcome === 'already' && { note: say('repo.continued') }),
        };
      }
      case 'proposed': {
        const { branch, commit, base } = ensured;
        return {
          state: 'failed',
          needsPerson: true,
          reason: say('repo.proposed', { branch }),
          links: made.links,
          output: { branch, commit, base, repository },
        };
      }
      case 'gone':
      case 'moved':
        return { state: 'failed', needsPerson: true, reason: say('repo.gone') };
      case 'forbidden':
        return {
          state: 'failed',
          permanent: true,
          reason: say('repo.forbidden', { repository }),
        };
      case 'refused':
        return {
          state: 'failed',
          reason: say('repo.refused', { said: ensured.said.slice(0, 500) }),
        };
      default:
        return { state: 'unknown', reason: say('repo.unknown') };
    }
  }

  return {
    types: ['repo:ensure'],
    makes: isLocal,
    place: 'local-host',

    async make(context): Promise<EffectResult> {
      const { request } = context;
      const row = await repositories.take(request.id, request);
      if (row.request_id !== request.id) {
        const repository = localRepository(request);
        return {
          state: 'failed',
          permanent: true,
          reason: say('repo.taken', { repository }),
        };
      }
      await repositories.make(row);
      const wanted = await requestFor(context, row);
      context.beforeCall();
      const ensured = await ensureTree(wanted);
      const result = await settle(context, row, ensured);
      if (result.state === 'done') await pushes.tell(row.id);
      return result;
    },

    async lookUp(context): Promise<Sighting> {
      const row = await repositories.byRequest(context.request.id);
      if (!row?.made_at) return { state: 'absent' };
      const directory = repositories.directoryOf(row);
      // Only once no push is under way, not found means that it never came.
      await remote.quiet(directory);
      const found = await lookUp(await requestFor(context, row));
      if (found === 'absent') return { state: 'absent' };
      if (found === 'gone' || found === 'moved') {
        return { state: 'failed', needsPerson: true, reason: say('repo.gone') };
      }
      const repository = localRepository(context.request);
      if (found === 'forbidden') {
        return {
          state: 'unreadable',
          reason: say('repo.forbidden', { repository }),
        };
      }
      const { branch, commit } = found;
      if (branch !== 'main') {
        const base = (await tipOf(directory)) ?? null;
        return {
          state: 'failed',
          needsPerson: true,
          reason: say('repo.proposed', { branch }),
          output: { branch, commit, base, repository },
        };
      }
      await keepWritten(context, row, found.written);
      return {
        state: 'done',
        origin: row.origin,
        links: linksOf(parts, row),
        output: { commit, repository },
      };
    },
  };
}

/** Where people go for a repository. */
function linksOf({ remote }: HostParts, row: RepositoryRow): Link[] {
  return [
    {
      kind: 'clone',
      title: `${row.namespace}/${row.name}`,
      target: remote.urlOf(`${row.namespace}/${row.name}`),
    },
  ];
}

/** A person as commits of ours name them. */
export function personOf(userRef: string): Person {
  const [, path = userRef] = userRef.split(':');
  const name = path.split('/').at(-1) || userRef;
  return { name, email: `${name.replace(/[^\w.+-]/g, '-')}@portal.local` };
}

/** The portal as commits of ours name it. */
export const PORTAL: Person = { name: 'Portal', email: 'portal@portal.local' };

/**
 * What a commit of ours says. The same effect says the same, down to the time,
 * in every attempt: then it is the same commit.
 */
export function wordsFor(
  { request, run, effect }: EffectContext,
  message: string,
): CommitWords {
  const at = secondOf(run.id);
  const { name, version } = request.spec.template;
  return {
    author: { ...personOf(run.initiator), at },
    committer: { ...PORTAL, at },
    message,
    trailers: {
      [TRAILER_REQUEST]: request.id,
      [TRAILER_TEMPLATE]: `${name}@${version}`,
      [TRAILER_BUNDLE]: request.bundleDigest,
      [TRAILER_EFFECT]: effect.marker,
    },
  };
}

/** A UUID v7 begins with the milliseconds of when it was made. */
function secondOf(runId: string): number {
  const milliseconds = Number.parseInt(
    runId.replaceAll('-', '').slice(0, 12),
    16,
  );
  return Math.trunc(milliseconds / 1_000);
}
