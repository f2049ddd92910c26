import { bodies } from './bodies';
import {
  commitFiles,
  moveHead,
  US,
  type GithubState,
  type StoredRepository,
} from './state';

/** What was asked, understood. */
export interface Asked {
  path: Record<string, string>;
  query: URLSearchParams;
  body: any;
}

/** What is answered. */
export interface Answered {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const R = '/repos/{owner}/{repo}';
const fail = (status: number, message: string): Answered => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest' },
});
const ok = (body: unknown, status = 200): Answered => ({ status, body });
const gone = () => fail(404, 'Not Found');
const empty = () => fail(409, 'Git Repository is empty.');

type Handler = (
  asked: Asked,
  repository: StoredRepository,
  state: GithubState,
) => Answered;

/** Routes about a repository that is there. */
const about: Record<string, Handler> = {
  [`GET ${R}`]: (_, repository) => ok(bodies.repository(repository)),

  [`PATCH ${R}`]: ({ body }, repository) => {
    if (repository.archived && body.archived !== false) {
      return fail(403, 'Repository was archived so is read-only.');
    }
    if ('description' in body) repository.description = body.description;
    if ('archived' in body) repository.archived = body.archived;
    return ok(bodies.repository(repository));
  },

  [`DELETE ${R}`]: (_, { owner, name }, state) => {
    state.repositories.delete(`${owner}/${name}`.toLowerCase());
    return { status: 204 };
  },

  [`GET ${R}/git/ref/{ref}`]: ({ path }, repository) => {
    const { heads } = repository.git;
    if (heads.size === 0) return empty();
    const branch = path.ref.replace(/^heads\//, '');
    const sha = heads.get(branch);
    return sha ? ok(bodies.ref(repository, branch, sha)) : gone();
  },

  [`GET ${R}/git/matching-refs/{ref}`]: ({ path }, repository) => {
    const prefix = path.ref.replace(/^heads\//, '');
    const found = [...repository.git.heads].filter(([branch]) =>
      branch.startsWith(prefix),
    );
    return ok(
      found.map(([branch, sha]) => bodies.ref(repository, branch, sha)),
    );
  },

  [`POST ${R}/git/refs`]: ({ body }, repository) => {
    const { heads, commits } = repository.git;
    if (heads.size === 0) return empty();
    const branch = body.ref.replace(/^refs\/heads\//, '');
    if (heads.has(branch)) return fail(422, 'Reference already exists');
    if (!commits.has(body.sha)) return fail(422, 'Object does not exist');
    moveHead(repository, branch, body.sha, US);
    return ok(bodies.ref(repository, branch, body.sha), 201);
  },

  [`PATCH ${R}/git/refs/{ref}`]: ({ path, body }, repository) => {
    const { git } = repository;
    const branch = path.ref.replace(/^heads\//, '');
    const before = git.heads.get(branch);
    if (!before) return fail(422, 'Reference does not exist');
    if (!git.commits.has(body.sha)) return fail(422, 'Object does not exist');
    if (!body.force && !git.reaches(body.sha, before)) {
      return fail(422, 'Update is not a fast forward');
    }
    moveHead(repository, branch, body.sha, US);
    return ok(bodies.ref(repository, branch, body.sha));
  },

  [`DELETE ${R}/git/refs/{ref}`]: ({ path }, { git }) => {
    const gotIt = git.heads.delete(path.ref.replace(/^heads\//, ''));
    return gotIt ? { status: 204 } : fail(422, 'Reference does not exist');
  },

  [`GET ${R}/git/commits/{commit_sha}`]: ({ path }, { git }) => {
    const commit = git.commits.get(path.commit_sha);
    return commit ? ok(bodies.gitCommit(commit)) : gone();
  },

  [`POST ${R}/git/commits`]: ({ body }, { git }) => {
    if (git.heads.size === 0) return empty();
    if (!git.trees.has(body.tree)) return fail(422, 'Tree SHA does not exist');
    const unknown = body.parents.find((sha: string) => !git.commits.has(sha));
    if (unknown) return fail(422, 'Parent SHA does not exist');
    const commit = git.commit(body.tree, body.parents, body.message, US);
    return ok(bodies.gitCommit(commit), 201);
  },

  [`POST ${R}/git/blobs`]: ({ body }, { git }) => {
    if (git.heads.size === 0) return empty();
    const encoding = body.encoding === 'base64' ? 'base64' : 'utf8';
    const sha = git.blob(Buffer.from(body.content, encoding));
    return ok({ sha, url: `https://api.github.test/blobs/${sha}` }, 201);
  },

  [`GET ${R}/git/blobs/{file_sha}`]: ({ path }, { git }) => {
    const bytes = git.blobs.get(path.file_sha);
    if (!bytes) return gone();
    return ok({
      sha: path.file_sha,
      node_id: 'B_x',
      size: bytes.length,
      url: `https://api.github.test/blobs/${path.file_sha}`,
      content: bytes.toString('base64'),
      encoding: 'base64',
    });
  },

  [`GET ${R}/git/trees/{tree_sha}`]: ({ path, query }, { git }) => {
    const entries = git.trees.get(path.tree_sha);
    const recursive = query.has('recursive');
    return entries
      ? ok(bodies.tree(path.tree_sha, entries, recursive))
      : gone();
  },

  [`POST ${R}/git/trees`]: ({ body }, { git }) => {
    if (git.heads.size === 0) return empty();
    const base = body.base_tree ? git.trees.get(body.base_tree) : [];
    if (!base) return fail(404, 'base_tree is not a valid tree oid');
    const entries = new Map(base.map(entry => [entry.path, entry]));
    for (const { path, mode, sha, content } of body.tree) {
      if (sha === null) {
        if (!entries.delete(path)) return fail(422, 'GitRPC::BadObjectState');
        continue;
      }
      const blob = content === undefined ? sha : git.blob(Buffer.from(content));
      if (!git.blobs.has(blob))
        return fail(422, 'tree.sha is not a valid blob');
      for (const other of entries.keys()) {
        const inside = other.startsWith(`${path}/`);
        if (inside || path.startsWith(`${other}/`)) entries.delete(other);
      }
      entries.set(path, { path, mode, sha: blob });
    }
    const all = [...entries.values()];
    const tree = git.tree(all);
    return ok(bodies.tree(tree, all, false), 201);
  },

  [`GET ${R}/commits`]: ({ query }, { git, defaultBranch }) => {
    const asked = query.get('sha') ?? defaultBranch;
    const tip = git.heads.get(asked) ?? asked;
    const size = Number(query.get('per_page') ?? 30);
    const from = (Number(query.get('page') ?? 1) - 1) * size;
    const history = git.history(tip).slice(from, from + size);
    return ok(history.map(commit => bodies.listedCommit(commit)));
  },

  [`PUT ${R}/contents/{path}`]: ({ path, body }, repository) => {
    const { git, defaultBranch } = repository;
    if (git.filesAt(defaultBranch).has(path.path)) {
      return fail(422, 'Invalid request. "sha" wasn\'t supplied.');
    }
    const text = Buffer.from(body.content, 'base64').toString('utf8');
    commitFiles(repository, { [path.path]: text }, body.message, US);
    return ok(bodies.written(), 201);
  },

  [`POST ${R}/branches/{branch}/rename`]: ({ path, body }, repository) => {
    const { heads } = repository.git;
    const sha = heads.get(path.branch);
    if (!sha) return gone();
    if (heads.has(body.new_name)) return fail(422, 'Branch already exists');
    heads.delete(path.branch);
    heads.set(body.new_name, sha);
    if (repository.defaultBranch === path.branch) {
      repository.defaultBranch = body.new_name;
    }
    return ok(bodies.renamed(), 201);
  },

  [`GET ${R}/pulls`]: ({ query }, repository) => {
    const head = query.get('head')?.split(':')[1];
    const wanted = query.get('state') ?? 'open';
    const found = repository.pulls
      .filter(({ branch }) => head === undefined || branch === head)
      .filter(({ state }) => wanted === 'all' || state === wanted)
      .sort((a, b) => b.number - a.number);
    return ok(found.map(pull => bodies.pull(repository, pull, true)));
  },

  [`POST ${R}/pulls`]: ({ body }, repository) => {
    const { git, pulls } = repository;
    const [tip, base] = [git.heads.get(body.head), git.heads.get(body.base)];
    if (!tip || !base) return fail(422, 'Validation Failed');
    const open = pulls.some(
      ({ branch, state }) => branch === body.head && state === 'open',
    );
    if (open) {
      return fail(422, `A pull request already exists for acme:${body.head}.`);
    }
    if (git.reaches(base, tip)) return fail(422, 'No commits between');
    const pull = {
      number: pulls.length + repository.issues.length + 1,
      branch: body.head,
      base: body.base,
      title: body.title,
      body: body.body,
      state: 'open' as const,
      merged: false,
      by: US,
    };
    pulls.push(pull);
    return ok(bodies.pull(repository, pull, false), 201);
  },

  [`PATCH ${R}/pulls/{pull_number}`]: ({ path, body }, repository) => {
    const number = Number(path.pull_number);
    const pull = repository.pulls.find(each => each.number === number);
    if (!pull) return gone();
    if (body.state === 'closed') {
      pull.state = 'closed';
      pull.closedAt = repository.git.heads.get(pull.branch);
    }
    return ok(bodies.pull(repository, pull, false));
  },

  [`GET ${R}/branches/{branch}/protection`]: ({ path }, { protection }) => {
    const asked = protection.get(path.branch);
    return asked
      ? ok(bodies.protection(asked))
      : fail(404, 'Branch not protected');
  },

  [`PUT ${R}/branches/{branch}/protection`]: ({ path, body }, repository) => {
    if (!repository.git.heads.has(path.branch)) return gone();
    repository.protection.set(path.branch, body);
    return ok(bodies.protection(body));
  },

  [`DELETE ${R}/branches/{branch}/protection`]: ({ path }, repository) =>
    repository.protection.delete(path.branch)
      ? { status: 204 }
      : fail(404, 'Branch not protected'),

  [`GET ${R}/actions/permissions`]: (_, { actionsEnabled: enabled }) =>
    ok({ enabled, ...(enabled && { allowed_actions: 'all' }) }),

  [`PUT ${R}/actions/permissions`]: ({ body }, repository) => {
    repository.actionsEnabled = body.enabled;
    return { status: 204 };
  },

  [`GET ${R}/actions/workflows/{workflow_id}`]: ({ path }, repository) => {
    const file = path.workflow_id;
    const { git, defaultBranch, workflows } = repository;
    if (!git.filesAt(defaultBranch).has(`.github/workflows/${file}`)) {
      return gone();
    }
    if (repository.workflowLag-- > 0) return gone();
    return ok(bodies.workflow(file, workflows.get(file) ?? 'active'));
  },

  [`PUT ${R}/actions/workflows/{workflow_id}/enable`]: ({ path }, found) => {
    found.workflows.set(path.workflow_id, 'active');
    return { status: 204 };
  },

  [`PUT ${R}/actions/workflows/{workflow_id}/disable`]: ({ path }, found) => {
    found.workflows.set(path.workflow_id, 'disabled_manually');
    return { status: 204 };
  },

  [`GET ${R}/issues`]: (_, repository) =>
    ok([
      ...repository.issues.map(issue => bodies.issue(issue)),
      ...repository.pulls.map(({ number, by }) => ({
        ...bodies.issue({ number, by }),
        pull_request: {
          url: null,
          html_url: null,
          diff_url: null,
          patch_url: null,
        },
      })),
    ]),

  [`GET ${R}/stargazers`]: (_, { stars }) =>
    ok(stars.map(login => bodies.user(login))),

  [`GET ${R}/activity`]: (_, { activity }) =>
    ok(activity.map((entry, index) => bodies.activity(entry, index))),
};

/** What is answered to an archived repository that is written to. */
const readOnly = (route: string) =>
  !route.startsWith('GET ') && !route.endsWith(R);

/** Every route the stand-in knows. */
export const ROUTES = [...Object.keys(about), 'POST /orgs/{org}/repos'];

/** Answers a request as GitHub would. */
export function answer(
  route: string,
  asked: Asked,
  state: GithubState,
): Answered {
  if (route === 'POST /orgs/{org}/repos') return makeRepository(asked, state);
  const { owner, repo } = asked.path;
  const to = state.moved.get(`${owner}/${repo}`.toLowerCase());
  if (to) {
    const url = `https://api.github.test/repositories/${to}`;
    return {
      status: route.startsWith('GET ') ? 301 : 307,
      body: { message: 'Moved Permanently', url, documentation_url: url },
      headers: { location: url },
    };
  }
  const repository = state.find(owner, repo);
  if (!repository) return gone();
  if (repository.archived && readOnly(route)) {
    return fail(403, 'Repository was archived so is read-only.');
  }
  return about[route](asked, repository, state);
}

function makeRepository({ path, body }: Asked, state: GithubState): Answered {
  if (!state.organisations.has(path.org)) return gone();
  if (state.find(path.org, body.name)) {
    return {
      status: 422,
      body: {
        message: 'Repository creation failed.',
        documentation_url: 'https://docs.github.com/rest',
        errors: [
          {
            resource: 'Repository',
            code: 'custom',
            field: 'name',
            message: 'name already exists on this account',
          },
        ],
      },
    };
  }
  const repository = state.make(
    path.org,
    body.name,
    US,
    { description: body.description ?? null, private: Boolean(body.private) },
    body.auto_init ? `# ${body.name}\n` : undefined,
  );
  return ok(bodies.repository(repository), 201);
}
