import { OWN_BRANCH_PREFIX } from '@fawkes/backstage-plugin-provisioning-common';
import type { Endpoints } from '@octokit/types';
import {
  headOf,
  lookAt,
  textOf,
  unexpected,
  whose,
  type OurRepository,
} from '../api/look';
import { say } from '../words';
import { done, type Look, type Parts } from './parts';
import type { Seen } from '../api/bring';

/** Most of our own proposals in one repository. */
const MOST_PROPOSALS = 100;
type Listed =
  Endpoints['GET /repos/{owner}/{repo}/pulls']['response']['data'][number];

/** Makes a repository that we made read-only. */
export function archiveRepository(parts: Parts): Look {
  const { api, place, context } = parts;
  return ownOnly(parts, async ({ repository }) => {
    if (repository.archived) return done();
    const [open] = await openProposals(parts);
    if (open) return { next: () => close(parts, open) };
    return {
      next: async () => {
        const answer = await api.call('PATCH /repos/{owner}/{repo}', {
          ...place,
          archived: true,
        });
        if (!answer.ok) {
          throw unexpected(api, answer, 'archive', textOf(place));
        }
        context.log(`Archived ${textOf(place)}`);
      },
    };
  });
}

/** Lets a repository go that was there before: our proposals and branches leave, the rest stays. */
export function releaseRepository(parts: Parts): Look {
  const { api, place, context } = parts;
  return async () => {
    const looked = await lookAt(api, place);
    const repository = textOf(place);
    if (looked.state === 'absent') {
      return done({ note: say('github.gone', { repository }) });
    }
    const ours = await whose(api, place, context, looked);
    if (!ours || ours.repository.archived) return done();
    const [open] = await openProposals(parts);
    if (open) return { next: () => close(parts, open) };
    const [branch] = await ownBranches(parts);
    if (branch === undefined) return done();
    return {
      next: async () => {
        const answer = await api.call(
          'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
          { ...place, ref: `heads/${branch}` },
        );
        // 422: it is gone.
        if (answer.ok || answer.status === 422) return;
        throw unexpected(api, answer, 'remove the branch', branch);
      },
    };
  };
}

/** What is done with a repository that we made; one that is not ours is left alone. */
export function ownOnly(
  { api, place, context }: Parts,
  look: (ours: OurRepository) => Promise<Seen>,
): Look {
  return async () => {
    const looked = await lookAt(api, place);
    const repository = textOf(place);
    if (looked.state === 'absent') {
      return done({ note: say('github.gone', { repository }) });
    }
    const ours = await whose(api, place, context, looked);
    return ours?.created
      ? look(ours)
      : done({ note: say('github.left', { repository }) });
  };
}

/** Our pull requests that wait for a review. */
async function openProposals({ api, place, context }: Parts) {
  const answer = await api.call('GET /repos/{owner}/{repo}/pulls', {
    ...place,
    state: 'open',
    per_page: MOST_PROPOSALS,
  });
  if (!answer.ok) {
    throw unexpected(api, answer, 'read the pull requests of', textOf(place));
  }
  const ours: Listed[] = [];
  for (const pull of answer.data) {
    if (!pull.head.ref.startsWith(OWN_BRANCH_PREFIX)) continue;
    // A fork may have branches of the same name.
    if (pull.head.repo?.id !== pull.base.repo.id) continue;
    const tip = await headOf(api, place, pull.head.ref);
    if (tip?.marks.request === context.request.id) ours.push(pull);
  }
  return ours;
}

async function close({ api, place, context }: Parts, { number }: Listed) {
  const answer = await api.call(
    'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
    { ...place, pull_number: number, state: 'closed' },
  );
  if (!answer.ok) {
    throw unexpected(api, answer, 'close the pull request', `#${number}`);
  }
  context.log(`Closed the pull request #${number}`);
}

/** Branches below our prefix that end with a commit of the request. */
async function ownBranches({ api, place, context }: Parts): Promise<string[]> {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
    { ...place, ref: `heads/${OWN_BRANCH_PREFIX}` },
  );
  if (!answer.ok) {
    if (answer.status === 404 || answer.status === 409) return [];
    throw unexpected(api, answer, 'read the branches of', textOf(place));
  }
  const ours: string[] = [];
  for (const { ref } of answer.data) {
    const branch = ref.replace(/^refs\/heads\//, '');
    if (!branch.startsWith(OWN_BRANCH_PREFIX)) continue;
    const tip = await headOf(api, place, branch);
    if (tip?.marks.request === context.request.id) ours.push(branch);
  }
  return ours;
}
