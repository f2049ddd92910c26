import type { Endpoints } from '@octokit/types';
import { needsPerson } from '../api/endings';
import type { GithubApi } from '../api/githubApi';
import {
  findOurs,
  headOf,
  textOf,
  unexpected,
  type Head,
  type Place,
} from '../api/look';
import { makeCommit, makeTree, moveBranch } from '../api/write';
import { messageOf } from '../git/message';
import { say } from '../words';
import type { Merged } from './merged';
import type { Parts } from './parts';

/** What is proposed. */
export interface Wanted {
  branch: string;
  /** The branch it is for. */
  into: string;
  /** Where that branch points. */
  head: Head;
  merged: Merged;
  about: 'create' | 'update';
}

/** A proposal that is there. */
export interface Proposal {
  number: number;
  url: string;
  commit: string;
  state: 'open' | 'closed' | 'merged';
}

/** A pull request as lists show it. */
type Listed =
  Endpoints['GET /repos/{owner}/{repo}/pulls']['response']['data'][number];

/**
 * Files on a branch of ours, and a pull request for it. The branch goes forward
 * only, from what was proposed before and from what it is for.
 */
export async function propose(
  parts: Parts,
  wanted: Wanted,
): Promise<Proposal | { next: () => Promise<void> }> {
  const { api, place, context } = parts;
  const { branch, merged } = wanted;
  const tip = await headOf(api, place, branch);
  const pull = await pullOf(api, place, branch);
  if (pull?.merged_at) return proposalOf(pull);
  if (tip && !(await isOurs(parts, tip))) {
    const repository = textOf(place);
    throw needsPerson(say('github.branch_taken', { repository, branch }));
  }
  const current =
    tip?.tree === merged.tree && tip.marks.request === context.request.id;
  if (!tip || !current) return { next: () => push(parts, wanted, tip) };
  if (pull?.state === 'open' || pull?.head.sha === tip.sha) {
    return proposalOf(pull);
  }
  return { next: () => open(parts, wanted) };
}

/** A branch below `fawkes/` that somebody else made is left alone. */
async function isOurs({ api, place, context }: Parts, tip: Head) {
  const { id } = context.request;
  return (
    tip.marks.request === id ||
    (await findOurs(api, place, tip.sha, id)) !== undefined
  );
}

function proposalOf(pull: Listed): Proposal {
  const { number, html_url: url, head } = pull;
  const closed = pull.state === 'closed' ? 'closed' : 'open';
  const state = pull.merged_at ? 'merged' : closed;
  return { number, url, commit: head.sha, state };
}

/** The pull request of a branch: the open one, or the newest. */
export async function pullOf(
  api: GithubApi,
  place: Place,
  branch: string,
): Promise<Listed | undefined> {
  const answer = await api.call('GET /repos/{owner}/{repo}/pulls', {
    ...place,
    head: `${place.owner}:${branch}`,
    state: 'all',
    sort: 'created',
    direction: 'desc',
    per_page: 100,
  });
  if (!answer.ok) {
    throw unexpected(api, answer, 'read the pull requests of', textOf(place));
  }
  // A filter that GitHub cannot read is no filter to it.
  const pulls = answer.data.filter(({ head }) => head.ref === branch);
  return pulls.find(({ state }) => state === 'open') ?? pulls[0];
}

async function push(
  { api, place, context }: Parts,
  { branch, head, merged, about }: Wanted,
  tip: Head | undefined,
): Promise<void> {
  await makeTree(api, place, merged.changes, merged.tree, head.tree);
  const { template } = context.request.spec;
  const subject = `${about === 'create' ? 'Add' : 'Update from'} ${
    template.name
  } ${template.version}`;
  const commit = await makeCommit(api, place, {
    message: messageOf(subject, context),
    tree: merged.tree,
    parents: tip ? [tip.sha, head.sha] : [head.sha],
  });
  await moveBranch(api, place, branch, { from: tip?.sha, to: commit });
}

async function open(
  { api, place, context }: Parts,
  { branch, into, merged, about }: Wanted,
): Promise<void> {
  const { template } = context.request.spec;
  const answer = await api.call('POST /repos/{owner}/{repo}/pulls', {
    ...place,
    title: `${about === 'create' ? 'Add' : 'Update from'} ${template.name} ${
      template.version
    }`,
    head: branch,
    base: into,
    body: bodyOf(about, merged),
    maintainer_can_modify: false,
  });
  if (answer.ok) {
    context.log(`Opened the pull request #${answer.data.number}`);
    return;
  }
  const { status, message } = answer;
  if (status === 422 && /already exists/i.test(message)) return;
  const repository = textOf(place);
  throw needsPerson(say('github.no_proposal', { repository, branch, message }));
}

/** What reviewers read first. Conflicting files are named; no marker is ever committed. */
export function bodyOf(about: Wanted['about'], { conflicts }: Merged): string {
  const first =
    about === 'create'
      ? 'The portal was asked for a service in this repository, which has content already. Nothing of it is removed. What needs these files waits until this is merged.'
      : 'The portal was asked to update this service. Nothing changes until this is merged.';
  if (conflicts.length === 0) return `${first}\n`;
  const rows = conflicts
    .slice(0, 100)
    .map(({ path, reason }) => `- ${inCode(path)}: ${reason.text}`);
  const more = conflicts.length - rows.length;
  if (more > 0) rows.push(`- and ${more} more`);
  return `${first}\n\nThese files are left as they are; please look at them:\n\n${rows.join(
    '\n',
  )}\n`;
}

/** A path in a text of Markdown, whatever is in it. */
function inCode(path: string): string {
  const runs = path.match(/`+/g) ?? [];
  const longest = Math.max(0, ...runs.map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${path} ${fence}`;
}
