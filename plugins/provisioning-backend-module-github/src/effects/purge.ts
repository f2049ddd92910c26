import type { GithubLeftover } from '@fawkes/backstage-plugin-provisioning-common/rules';
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
    if (others) throw refused(say('github.others', { repository, ...others }));
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
  throw unexpected(api, answer, 'delete', textOf(place));
}

/** What somebody else left, and who or where. */
interface Leftover {
  what: GithubLeftover;
  who: string;
}

/** The first thing that somebody else left; undefined where there is none. */
async function whatOthersLeft(
  parts: Parts,
  branch: string,
  forks: number,
): Promise<Leftover | undefined> {
  const { api, place } = parts;
  if (forks > 0) return { what: 'a fork of', who: textOf(place) };
  const pushes = await list(api, 'GET /repos/{owner}/{repo}/activity', place);
  const us = await ourLogin(parts, branch, pushes);
  if (us === undefined) {
    return { what: 'a history without our own push on', who: branch };
  }
  const mine = (login: string | undefined) =>
    login === us || login === PIPELINE;
  const push = pushes.find(({ actor }) => !mine(actor?.login));
  if (push) return byPusher(push);
  // A push that GitHub has not written down yet is one we know nothing of.
  const known = new Set(pushes.map(({ after }) => after));
  const tip = (await tipsOf(parts)).find(({ sha }) => !known.has(sha));
  if (tip) return { what: 'a push by somebody to', who: tip.ref };
  const issues = await list(api, 'GET /repos/{owner}/{repo}/issues', {
    ...place,
    state: 'all',
  });
  const issue = issues.find(({ user }) => user?.login !== us);
  if (issue) {
    return {
      what: issue.pull_request ? 'a pull request by' : 'an issue by',
      who: issue.user?.login ?? 'ghost',
    };
  }
  const stars = await list(api, 'GET /repos/{owner}/{repo}/stargazers', place);
  const star = stars.find(each => 'login' in each && each.login !== us);
  return star && 'login' in star
    ? { what: 'a star of', who: star.login }
    : undefined;
}

/** Whoever pushed may have no account any more. */
function byPusher({
  actor,
  ref,
}: {
  actor: { login: string } | null;
  ref: string;
}): Leftover {
  return actor
    ? { what: 'a push by', who: actor.login }
    : { what: 'a push by somebody to', who: ref };
}

async function tipsOf({ api, place }: Parts) {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
    { ...place, ref: 'heads/' },
  );
  if (!answer.ok) {
    throw unexpected(api, answer, 'read the branches of', textOf(place));
  }
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

const TOO_MANY = {
  'GET /repos/{owner}/{repo}/activity': 'too many pushes to look through in',
  'GET /repos/{owner}/{repo}/issues': 'too many issues to look through in',
  'GET /repos/{owner}/{repo}/stargazers': 'too many stars to look through of',
} as const;

/** @throws Ending when there are more than are looked through */
async function list<R extends Listing>(
  api: GithubApi,
  route: R,
  parameters: Parameters<typeof api.call<R>>[1],
) {
  const place = parameters as Place;
  const answer = await api.call<R>(route, { ...parameters, per_page: MOST });
  if (!answer.ok) {
    throw unexpected(api, answer, 'look what others left in', textOf(place));
  }
  const { data } = answer;
  if (data.length === MOST) {
    throw refused(
      say('github.others', {
        repository: textOf(place),
        what: TOO_MANY[route] satisfies GithubLeftover,
        who: textOf(place),
      }),
    );
  }
  return data;
}
