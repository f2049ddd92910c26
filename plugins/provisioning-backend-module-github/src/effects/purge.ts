import { needsPerson, refused } from '../api/endings';
import type { GithubApi } from '../api/githubApi';
import { headOf, textOf, unexpected, type Place } from '../api/look';
import { say } from '../words';
import { ownOnly } from './leave';
import { type Look, type Parts } from './parts';

/** What the pipeline that we rendered acts as. */
const PIPELINE = 'github-actions[bot]';
/** Entries of a kind that are looked through; whoever has more has a repository that is used. */
const MOST = 100;

/**
 * Deletes a repository that we made, if nobody but us has left anything in it.
 * Asked right before, by who pushed as GitHub saw it: what a commit says of its
 * author, anybody can write.
 */
export function removeRepository(parts: Parts): Look {
  const { place, context } = parts;
  const repository = textOf(place);
  return ownOnly(parts, async ours => {
    if (!context.run.purge) {
      throw refused(say('github.no_purge', { repository }));
    }
    const others = await whatOthersLeft(
      parts,
      ours.repository.default_branch,
      ours.repository.forks_count,
    );
    if (others) {
      throw refused(say('github.others', { repository, what: others }));
    }
    return { next: () => remove(parts) };
  });
}

async function remove({ api, place, context }: Parts): Promise<void> {
  const answer = await api.call('DELETE /repos/{owner}/{repo}', place);
  if (answer.ok || answer.status === 404) {
    context.log(`Deleted ${textOf(place)}`);
    return;
  }
  if (answer.status === 403) {
    const { message } = answer;
    const repository = textOf(place);
    throw needsPerson(say('github.cannot_delete', { repository, message }));
  }
  throw unexpected(api, answer, `delete ${textOf(place)}`);
}

/** The first thing that somebody else left; undefined where there is none. */
async function whatOthersLeft(
  parts: Parts,
  branch: string,
  forks: number,
): Promise<string | undefined> {
  const { api, place } = parts;
  if (forks > 0) return `${forks} fork(s)`;
  const pushes = await list(api, 'GET /repos/{owner}/{repo}/activity', place);
  const us = await ourLogin(parts, branch, pushes);
  if (us === undefined) return 'a history in which our own push is not found';
  const mine = (login: string | undefined) =>
    login === us || login === PIPELINE;
  const push = pushes.find(({ actor }) => !mine(actor?.login));
  if (push) return `a push by ${push.actor?.login ?? 'somebody'}`;
  // A push that GitHub has not written down yet is one we know nothing of.
  const known = new Set(pushes.map(({ after }) => after));
  const tip = (await tipsOf(parts)).find(({ sha }) => !known.has(sha));
  if (tip) return `a push to ${tip.ref} by somebody`;
  const issues = await list(api, 'GET /repos/{owner}/{repo}/issues', {
    ...place,
    state: 'all',
  });
  const issue = issues.find(({ user }) => user?.login !== us);
  if (issue) {
    const kind = issue.pull_request ? 'a pull request' : 'an issue';
    return `${kind} by ${issue.user?.login ?? 'somebody'}`;
  }
  const stars = await list(api, 'GET /repos/{owner}/{repo}/stargazers', place);
  const star = stars.find(each => 'login' in each && each.login !== us);
  return star && 'login' in star ? `a star of ${star.login}` : undefined;
}

async function tipsOf({ api, place }: Parts) {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
    { ...place, ref: 'heads/' },
  );
  if (!answer.ok) throw unexpected(api, answer, 'read the branches');
  return answer.data.map(({ ref, object }) => ({ ref, sha: object.sha }));
}

/** As whom GitHub knows the portal: who moved the branch to the commit with our mark. */
async function ourLogin(
  { api, place, context }: Parts,
  branch: string,
  pushes: ReadonlyArray<{ after: string; actor: { login: string } | null }>,
): Promise<string | undefined> {
  const commit = context.outputOf('repo:ensure')?.commit;
  const found = pushes.find(({ after }) => after === commit);
  if (found) return found.actor?.login;
  const head = await headOf(api, place, branch);
  const first = pushes.find(({ after }) => after === head?.sha);
  return head?.marks.request === context.request.id
    ? first?.actor?.login
    : undefined;
}

type Listing =
  | 'GET /repos/{owner}/{repo}/activity'
  | 'GET /repos/{owner}/{repo}/issues'
  | 'GET /repos/{owner}/{repo}/stargazers';

/** @throws Ending when there are more than are looked through */
async function list<R extends Listing>(
  api: GithubApi,
  route: R,
  parameters: Parameters<typeof api.call<R>>[1],
) {
  const answer = await api.call<R>(route, { ...parameters, per_page: MOST });
  if (!answer.ok) throw unexpected(api, answer, 'look what others left');
  const { data } = answer;
  if (data.length === MOST) {
    const { owner, repo } = parameters as Place;
    throw refused(
      say('github.others', {
        repository: `${owner}/${repo}`,
        what: `${MOST} or more entries of ${route.slice(
          route.lastIndexOf('/') + 1,
        )}`,
      }),
    );
  }
  return data;
}
