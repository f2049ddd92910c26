import { updateBranch } from '@fawkes/backstage-plugin-provisioning-common';
import type {
  GithubDeed,
  RenderedFile,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { EffectResult } from '@fawkes/backstage-plugin-provisioning-node';
import type { Seen } from '../api/bring';
import { needsPerson, refused } from '../api/endings';
import {
  entriesOf,
  findOurs,
  headOf,
  lookAt,
  textOf,
  unexpected,
  type GithubRepository,
  type Head,
} from '../api/look';
import { makeCommit, makeTree, moveBranch } from '../api/write';
import {
  descriptionOf,
  isMarked,
  markedDescriptionOf,
  messageOf,
} from '../git/message';
import { gitModeOf, treeOf } from '../git/objects';
import { say } from '../words';
import type { Look, Parts } from './parts';
import { overlay } from './merged';
import { propose } from './proposal';

/** The branch people see first, in what we make. */
const MAIN = 'main';

/** What hosts put into a new repository by themselves. */
const HOSTS_FILES =
  /^(README(\.md|\.txt)?|LICEN[CS]E(\.md|\.txt)?|\.gitignore)$/i;

/** A repository that holds the rendered files, or a proposal that it should. */
export function ensureRepository(parts: Parts): Look {
  const { api, place, context } = parts;
  const { request } = context;
  const repository = textOf(place);
  return async () => {
    const files = await context.bundle();
    const looked = await lookAt(api, place);
    if (looked.state === 'absent') return { next: () => create(parts) };
    if (looked.state === 'moved') {
      const { message } = looked;
      throw refused(say('github.taken', { repository, message }));
    }
    if (looked.state === 'forbidden') {
      const { message } = looked;
      const what: GithubDeed = 'look at';
      throw needsPerson(
        say('github.forbidden', {
          what,
          target: repository,
          message,
        }),
      );
    }
    const found = looked.repository;
    const created = isMarked(found.description, request);
    const head = await headOf(api, place, found.default_branch);
    if (!head) {
      await refuseArchived(found, repository);
      return { next: () => begin(parts, files[0], created) };
    }
    return fill(parts, { found, created, head, files });
  };
}

async function refuseArchived(found: GithubRepository, repository: string) {
  if (found.archived) {
    throw needsPerson(say('github.archived', { repository }));
  }
}

interface Filling {
  found: GithubRepository;
  created: boolean;
  head: Head;
  files: readonly RenderedFile[];
}

async function fill(parts: Parts, filling: Filling): Promise<Seen> {
  const { api, place, context } = parts;
  const { found, head, files } = filling;
  const { id } = context.request;
  const tree = treeOf(files);
  const ours = await findOurs(api, place, head.sha, id);
  const written = ours?.tree === tree ? ours : undefined;
  const created = filling.created || written?.origin === 'created';
  if (head.tree === tree || written) {
    if (filling.created) return { next: () => describe(parts, found) };
    return ended(parts, filling, {
      origin: created ? 'created' : 'adopted',
      commit: written?.sha ?? head.sha,
      tree,
    });
  }
  await refuseArchived(found, textOf(place));
  if (await isNobodys(parts, filling)) {
    if (created && found.default_branch !== MAIN) {
      return { next: () => rename(parts, found.default_branch) };
    }
    return { next: () => push(parts, filling, tree, created) };
  }
  const proposal = await propose(parts, {
    branch: updateBranch(context.request.revision),
    into: found.default_branch,
    head,
    merged: overlay(files, await entriesOf(api, place, head.tree)),
    about: 'create',
  });
  if ('next' in proposal) return proposal;
  return ended(
    parts,
    filling,
    { origin: created ? 'created' : 'adopted', ...proposal, tree },
    proposal,
  );
}

/** Whether a branch is one commit of what the host put there, or of how we began. */
async function isNobodys(
  { api, place, context }: Parts,
  { created, head }: Filling,
): Promise<boolean> {
  if (head.parents.length > 0) return false;
  if (head.marks.request === context.request.id) return true;
  if (!created) return false;
  const entries = await entriesOf(api, place, head.tree);
  return entries.every(({ path }) => HOSTS_FILES.test(path));
}

/** Makes the repository, with a first commit of the host's: without one it takes no trees. */
async function create({ api, place, context }: Parts): Promise<void> {
  const { owner, repo } = place;
  const { repository } = context.request.spec;
  if (repository.host !== 'github') throw new TypeError('Not for GitHub');
  const { visibility } = repository;
  const answer = await api.call('POST /orgs/{org}/repos', {
    org: owner,
    name: repo,
    description: markedDescriptionOf(context.request),
    private: visibility !== 'public',
    // Servers and enterprises know a third kind; only they are told.
    ...(visibility === 'internal' && {
      visibility: visibility as 'private',
    }),
    auto_init: true,
  });
  if (answer.ok) {
    context.log(`Made the repository ${textOf(place)}`);
    return;
  }
  const { status, message } = answer;
  if (status === 422 && /already exists/i.test(message)) {
    // Somebody was faster, or we may not see it: then the next look says absent again.
    if ((await lookAt(api, place)).state !== 'absent') return;
    const what = textOf(place);
    throw refused(say('github.taken', { repository: what, message }));
  }
  if (status === 404) {
    throw needsPerson(say('github.no_organisation', { owner }));
  }
  throw unexpected(api, answer, 'make the repository', textOf(place));
}

/** The first commit of an empty repository, by the one call that works without any. */
async function begin(
  { api, place, context }: Parts,
  file: RenderedFile,
  created: boolean,
): Promise<void> {
  const answer = await api.call('PUT /repos/{owner}/{repo}/contents/{path}', {
    ...place,
    path: file.path,
    message: messageOf('Begin', context, created ? 'created' : 'adopted'),
    content: Buffer.from(file.bytes).toString('base64'),
  });
  // 409 and 422: it is not empty any more.
  if (answer.ok || [409, 422].includes(answer.status)) return;
  throw unexpected(api, answer, 'write to', textOf(place));
}

async function push(
  { api, place, context }: Parts,
  { found, head, files }: Filling,
  tree: string,
  created: boolean,
): Promise<void> {
  const changes = files.map(({ path, mode, bytes }) => ({
    path,
    mode: gitModeOf(mode),
    bytes,
  }));
  await makeTree(api, place, changes, tree);
  const { template } = context.request.spec;
  const commit = await makeCommit(api, place, {
    message: messageOf(
      `Add ${context.request.name} from ${template.name}`,
      context,
      created ? 'created' : 'adopted',
    ),
    tree,
    parents: [head.sha],
  });
  const branch = found.default_branch;
  await moveBranch(api, place, branch, { from: head.sha, to: commit });
}

async function rename({ api, place }: Parts, branch: string): Promise<void> {
  const answer = await api.call(
    'POST /repos/{owner}/{repo}/branches/{branch}/rename',
    { ...place, branch, new_name: MAIN },
  );
  if (answer.ok || answer.status === 422) return;
  throw unexpected(api, answer, 'rename the branch', branch);
}

/** Takes the mark out of the description: the commit carries it now. */
async function describe(
  { api, place, context }: Parts,
  found: GithubRepository,
): Promise<void> {
  const answer = await api.call('PATCH /repos/{owner}/{repo}', {
    ...place,
    description: descriptionOf(context.request),
  });
  if (answer.ok) return;
  throw unexpected(api, answer, 'describe', found.full_name);
}

interface Made {
  origin: 'created' | 'adopted';
  commit: string;
  tree: string;
}

function ended(
  { context }: Parts,
  { found }: Filling,
  made: Made,
  proposal?: { url: string; number: number },
): Seen {
  const { html_url: url, clone_url: clone, id, default_branch: branch } = found;
  const title = found.full_name;
  const links: Extract<EffectResult, { state: 'done' }>['links'] = [
    { kind: 'repository', title, target: url },
    { kind: 'clone', title: clone, target: clone },
    proposal
      ? {
          kind: 'pull-request',
          title: `#${proposal.number}`,
          target: proposal.url,
        }
      : {
          kind: 'commit',
          title: made.commit.slice(0, 7),
          target: `${url}/commit/${made.commit}`,
        },
  ];
  context.log(`${title} holds ${made.commit} (${made.origin})`);
  return {
    result: {
      state: 'done',
      origin: made.origin,
      links,
      output: {
        repositoryId: id,
        repository: title,
        url,
        branch,
        origin: made.origin,
        commit: made.commit,
        tree: made.tree,
        proposal: proposal?.url ?? null,
      },
      ...(proposal && {
        note: say('github.proposed', {
          repository: title,
          number: proposal.number,
        }),
      }),
    },
  };
}
