import { GitStore } from './gitStore';

/** Who the token belongs to. */
export const US = 'portal[bot]';

/** A pull request of the stand-in. */
export interface StoredPull {
  number: number;
  branch: string;
  base: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  merged: boolean;
  /** Where the branch was when it was closed. */
  closedAt?: string;
  by: string;
}

/** A repository of the stand-in. */
export interface StoredRepository {
  id: number;
  owner: string;
  name: string;
  description: string | null;
  private: boolean;
  archived: boolean;
  defaultBranch: string;
  git: GitStore;
  pulls: StoredPull[];
  protection: Map<string, any>;
  workflows: Map<string, 'active' | 'disabled_manually'>;
  /** How often GitHub is asked for a workflow before it has seen it. */
  workflowLag: number;
  actionsEnabled: boolean;
  forks: number;
  stars: string[];
  issues: Array<{ number: number; by: string }>;
  activity: Array<{
    before: string;
    after: string;
    ref: string;
    actor: string;
  }>;
}

/** What GitHub holds. */
export class GithubState {
  readonly organisations = new Set(['acme']);
  readonly repositories = new Map<string, StoredRepository>();
  /** Old address to new one. */
  readonly moved = new Map<string, string>();
  /** What a new repository's first branch is called. */
  firstBranch = 'main';
  workflowLag = 0;
  private ids = 1_000;

  find(owner: string, name: string): StoredRepository | undefined {
    return this.repositories.get(`${owner}/${name}`.toLowerCase());
  }

  make(
    owner: string,
    name: string,
    by: string,
    more: Partial<StoredRepository> = {},
    readme?: string,
  ): StoredRepository {
    const repository: StoredRepository = {
      id: this.ids++,
      owner,
      name,
      description: null,
      private: true,
      archived: false,
      defaultBranch: this.firstBranch,
      git: new GitStore(),
      pulls: [],
      protection: new Map(),
      workflows: new Map(),
      workflowLag: this.workflowLag,
      actionsEnabled: true,
      forks: 0,
      stars: [],
      issues: [],
      activity: [],
      ...more,
    };
    this.repositories.set(`${owner}/${name}`.toLowerCase(), repository);
    if (readme !== undefined) {
      commitFiles(repository, { 'README.md': readme }, 'Initial commit', by);
    }
    return repository;
  }
}

/** Moves a branch, as whoever. */
export function moveHead(
  { git, activity }: StoredRepository,
  branch: string,
  after: string,
  actor: string,
) {
  const before = git.heads.get(branch) ?? '0'.repeat(40);
  git.heads.set(branch, after);
  activity.unshift({ before, after, ref: `refs/heads/${branch}`, actor });
}

/** A commit of these files over what a branch has, as whoever. */
export function commitFiles(
  repository: StoredRepository,
  files: Record<string, string | null>,
  message: string,
  actor: string,
  branch = repository.defaultBranch,
): string {
  const { git } = repository;
  const before = git.heads.get(branch);
  const entries = new Map(
    (before ? git.trees.get(git.commits.get(before)!.tree)! : []).map(entry => [
      entry.path,
      entry,
    ]),
  );
  for (const [path, text] of Object.entries(files)) {
    if (text === null) entries.delete(path);
    else {
      const sha = git.blob(Buffer.from(text));
      entries.set(path, { path, mode: '100644', sha });
    }
  }
  const tree = git.tree([...entries.values()]);
  const commit = git.commit(tree, before ? [before] : [], message, actor);
  moveHead(repository, branch, commit.sha, actor);
  return commit.sha;
}

/** Merges a pull request, as whoever. */
export function mergePull(
  repository: StoredRepository,
  number: number,
  actor: string,
) {
  const { git } = repository;
  const pull = repository.pulls.find(each => each.number === number)!;
  const tip = git.heads.get(pull.branch)!;
  const base = git.heads.get(pull.base)!;
  const { tree } = git.commits.get(tip)!;
  const commit = git.commit(tree, [base, tip], `Merge #${number}`, actor);
  moveHead(repository, pull.base, commit.sha, actor);
  Object.assign(pull, { state: 'closed', merged: true, closedAt: tip });
}
