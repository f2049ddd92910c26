import { treeId, type GitEntry } from '../../git/objects';
import { exampleOf } from './description';
import type { StoredCommit } from './gitStore';
import type { StoredPull, StoredRepository } from './state';

const HOST = 'https://github.test';
const API = 'https://api.github.test';
const R = '/repos/{owner}/{repo}';

const user = (login: string) => ({
  ...exampleOf(`GET ${R}`, 200).owner,
  login,
});
const at = (seconds: number) => new Date(seconds * 1_000).toISOString();

/** Answers: the description's examples, filled with what is so. */
export const bodies = {
  repository(repository: StoredRepository) {
    const { id, owner, name, description, archived } = repository;
    const full = `${owner}/${name}`;
    const { source, parent, template_repository, ...example } = exampleOf(
      `GET ${R}`,
      200,
    );
    return {
      ...example,
      id,
      name,
      full_name: full,
      owner: user(owner),
      description,
      archived,
      private: repository.private,
      visibility: repository.private ? 'private' : 'public',
      default_branch: repository.defaultBranch,
      html_url: `${HOST}/${full}`,
      clone_url: `${HOST}/${full}.git`,
      // Required, and missing in the description's own example.
      language: null,
      forks_count: repository.forks,
      stargazers_count: repository.stars.length,
    };
  },

  ref({ owner, name }: StoredRepository, branch: string, sha: string) {
    const url = `${API}/repos/${owner}/${name}/git/refs/heads/${branch}`;
    return {
      ref: `refs/heads/${branch}`,
      node_id: 'REF_x',
      url,
      object: { type: 'commit', sha, url },
    };
  },

  gitCommit(commit: StoredCommit) {
    const example = exampleOf(`GET ${R}/git/commits/{commit_sha}`, 200);
    const { sha, message, parents, tree } = commit;
    return {
      ...example,
      sha,
      message,
      tree: { ...example.tree, sha: tree },
      parents: parents.map(parent => ({ ...example.parents[0], sha: parent })),
    };
  },

  listedCommit({
    sha,
    message,
    parents,
    tree,
    author,
    at: when,
  }: StoredCommit) {
    const [example] = exampleOf(`GET ${R}/commits`, 200);
    return {
      ...example,
      sha,
      author: user(author),
      committer: user(author),
      commit: {
        ...example.commit,
        message,
        tree: { ...example.commit.tree, sha: tree },
        author: { ...example.commit.author, date: at(when) },
      },
      parents: parents.map(parent => ({ ...example.parents[0], sha: parent })),
    };
  },

  tree(sha: string, entries: GitEntry[], recursive: boolean) {
    const url = `${API}/trees/${sha}`;
    const folders = new Map<string, GitEntry[]>();
    for (const entry of entries) {
      const parts = entry.path.split('/').slice(0, -1);
      parts.forEach((_, index) => {
        const folder = parts.slice(0, index + 1).join('/');
        const inside = folders.get(folder) ?? [];
        inside.push({ ...entry, path: entry.path.slice(folder.length + 1) });
        folders.set(folder, inside);
      });
    }
    const all = [
      ...entries.map(entry => ({ ...entry, type: 'blob', size: 1, url })),
      ...[...folders].map(([path, inside]) => ({
        path,
        mode: '040000',
        type: 'tree',
        sha: treeId(inside),
        url,
      })),
    ];
    return {
      sha,
      url,
      truncated: false,
      tree: all.filter(({ path }) => recursive || !path.includes('/')),
    };
  },

  pull(repository: StoredRepository, pull: StoredPull, listed: boolean) {
    const example = listed
      ? exampleOf(`GET ${R}/pulls`, 200)[0]
      : exampleOf(`POST ${R}/pulls`, 201);
    const { number, title, body, state, branch, base, by } = pull;
    const { owner, name, id, git } = repository;
    const { merged: _, ...rest } = example;
    const side = (which: any, ref: string, sha: string) => ({
      ...which,
      ref,
      label: `${owner}:${ref}`,
      sha,
      repo: { ...which.repo, id },
    });
    return {
      ...(listed ? rest : { ...rest, merged: pull.merged }),
      number,
      title,
      body,
      state,
      requested_teams: [],
      html_url: `${HOST}/${owner}/${name}/pull/${number}`,
      merged_at: pull.merged ? at(1_700_000_000) : null,
      closed_at: state === 'closed' ? at(1_700_000_000) : null,
      user: user(by),
      head: side(
        example.head,
        branch,
        pull.closedAt ?? git.heads.get(branch) ?? '0'.repeat(40),
      ),
      base: side(example.base, base, git.heads.get(base)!),
    };
  },

  protection(asked: any) {
    const url = `${API}/protection`;
    const reviews = asked.required_pull_request_reviews;
    const checks = asked.required_status_checks;
    return {
      url,
      enforce_admins: { url, enabled: Boolean(asked.enforce_admins) },
      allow_force_pushes: { enabled: Boolean(asked.allow_force_pushes) },
      allow_deletions: { enabled: Boolean(asked.allow_deletions) },
      ...(reviews && {
        required_pull_request_reviews: {
          url,
          dismiss_stale_reviews: Boolean(reviews.dismiss_stale_reviews),
          require_code_owner_reviews: Boolean(
            reviews.require_code_owner_reviews,
          ),
          required_approving_review_count:
            reviews.required_approving_review_count ?? 1,
        },
      }),
      ...(checks && {
        required_status_checks: {
          url,
          strict: checks.strict,
          contexts: checks.contexts,
          contexts_url: url,
          checks: checks.contexts.map((context: string) => ({
            context,
            app_id: null,
          })),
        },
      }),
    };
  },

  workflow(file: string, state: string) {
    return {
      ...exampleOf(`GET ${R}/actions/workflows/{workflow_id}`, 200),
      path: `.github/workflows/${file}`,
      state,
    };
  },

  issue({ number, by }: { number: number; by: string }) {
    const [example] = exampleOf(`GET ${R}/issues`, 200);
    const { pull_request: _, ...rest } = example;
    return { ...rest, number, user: user(by) };
  },

  activity(entry: StoredRepository['activity'][number], index: number) {
    const [example] = exampleOf(`GET ${R}/activity`, 200);
    const { actor, ...rest } = entry;
    return {
      ...example,
      id: index,
      // Required, and other words in the description's own example.
      timestamp: at(1_700_000_000),
      activity_type: 'push',
      ...rest,
      actor: user(actor),
    };
  },

  renamed() {
    const example = exampleOf(`POST ${R}/branches/{branch}/rename`, 201);
    return { ...example, protected: false, protection: { enabled: false } };
  },

  written() {
    return exampleOf(`PUT ${R}/contents/{path}`, 201);
  },

  user,
};
