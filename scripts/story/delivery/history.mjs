import { DAY, MINUTE } from '../lib/calendar.mjs';
import { sha1 } from '../lib/random.mjs';

/**
 * The main branch of one repository: what was merged and when. Releases read
 * it while fixes are still being added, so ids are given when all is known.
 */
export class History {
  #pulls = [];
  #merges;

  constructor({ repository, seed, begin, pulls }) {
    this.repository = repository;
    this.seed = seed;
    this.root = {
      mergedAt: begin - 30 * DAY,
      sha: sha1(`${seed}/${repository.name}/root`),
    };
    this.#pulls = [...pulls];
    this.#merges = pulls.filter(p => p.mergedAt).sort(byMerge);
  }

  add(pull) {
    this.#pulls.push(pull);
    this.#merges.splice(this.#indexAfter(pull.mergedAt), 0, pull);
  }

  /** The newest merge at `at`, or the beginning of the repository. */
  tipAt(at) {
    return this.#merges[this.#indexAfter(at) - 1] ?? this.root;
  }

  /** The first merge after `at` that `matters`. */
  nextAfter(at, matters) {
    for (let i = this.#indexAfter(at); i < this.#merges.length; i++) {
      if (matters(this.#merges[i])) return this.#merges[i];
    }
    return undefined;
  }

  shaOf(merge) {
    return merge.sha ?? this.#sha(`${merge.key}/merge`);
  }

  /** The events of every commit and pull request that happened before `end`. */
  events({ host, reviews, end }) {
    const name = `${host}/${this.repository.name}`;
    const opened = this.#pulls.sort(
      (a, b) => a.openedAt - b.openedAt || (a.key < b.key ? -1 : 1),
    );
    opened.forEach((pull, index) => {
      pull.number = index + 1;
    });
    const told = opened.flatMap(pull => [
      ...this.#commits(pull, name, end),
      ...this.#pullRequest(pull, name, reviews, end),
    ]);
    return [this.#first(name), ...told];
  }

  #first(name) {
    const at = instant(this.root.mergedAt);
    return {
      type: 'change',
      kind: 'commit',
      id: this.root.sha,
      occurredAt: at,
      repository: name,
      sha: this.root.sha,
      parents: [],
      authoredAt: at,
      committedAt: at,
      pushedAt: at,
      title: 'Everything so far',
    };
  }

  #commits(pull, name, end) {
    const shas = pull.commits.map((_, i) => this.#sha(`${pull.key}/${i}`));
    const own = pull.commits.map((commit, index) =>
      commitEvent({
        ...commit,
        name,
        sha: shas[index],
        parents: [
          index === 0
            ? this.shaOf(this.tipAt(commit.committedAt))
            : shas[index - 1],
        ],
        pushedAt: pushTime(pull, commit),
        author: pull.author,
      }),
    );
    if (!pull.mergedAt) return own.filter(before(end));
    const squash = this.repository.merge === 'squash';
    const previous = this.shaOf(this.tipAt(pull.mergedAt - 1));
    const paths = [...new Set(pull.commits.flatMap(c => c.paths ?? []))];
    const merge = commitEvent({
      name,
      sha: this.shaOf(pull),
      parents: squash ? [previous] : [previous, shas.at(-1)],
      authoredAt: squash ? pull.commits[0].authoredAt : pull.mergedAt,
      committedAt: pull.mergedAt,
      pushedAt: pull.mergedAt,
      title: squash
        ? `${pull.title} (#${pull.number})`
        : `Merge pull request #${pull.number}`,
      paths: paths.length > 0 ? paths : undefined,
      author: squash ? pull.author : pull.merger,
      bot: pull.bot,
    });
    return [...own, merge].filter(before(end));
  }

  #pullRequest(pull, name, reviews, end) {
    if (pull.openedAt >= end) return [];
    const known = at =>
      at !== undefined && at < end ? instant(at) : undefined;
    const shas = pull.commits
      .map((commit, i) => ({ commit, sha: this.#sha(`${pull.key}/${i}`) }))
      .filter(({ commit }) => pushTime(pull, commit) < end)
      .map(({ sha }) => sha);
    const times = {
      openedAt: instant(pull.openedAt),
      readyAt: known(pull.readyAt),
      firstReviewAt: known(pull.firstReviewAt),
      approvedAt: known(pull.approvedAt),
      mergedAt: known(pull.mergedAt),
      closedAt: known(pull.closedAt),
    };
    return [
      {
        type: 'change',
        kind: 'pull_request',
        id: `${this.repository.name}#${pull.number}`,
        occurredAt: Object.values(times).filter(Boolean).sort().at(-1),
        repository: name,
        number: pull.number,
        ...times,
        baseBranch: 'main',
        headSha: shas.at(-1),
        mergeSha: times.mergedAt && this.shaOf(pull),
        commits: shas,
        labels: pull.labels,
        additions: pull.additions,
        deletions: pull.deletions,
        bot: pull.bot,
        author: pull.author,
        title: pull.title,
        url: `${reviews}/${this.repository.name}/pull/${pull.number}`,
      },
    ];
  }

  #sha(text) {
    return sha1(`${this.seed}/${text}`);
  }

  /** Index of the first merge later than `at`. */
  #indexAfter(at) {
    let low = 0;
    let high = this.#merges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#merges[middle].mergedAt <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Work stays on a laptop until the pull request is opened, or made ready. */
function pushTime(pull, { committedAt }) {
  const pushes = [pull.openedAt, pull.readyAt ?? pull.openedAt];
  return pushes.find(at => at >= committedAt) ?? committedAt + 2 * MINUTE;
}

function commitEvent({
  name,
  sha,
  parents,
  authoredAt,
  committedAt,
  pushedAt,
  title,
  paths,
  author,
  bot,
}) {
  return {
    type: 'change',
    kind: 'commit',
    id: sha,
    occurredAt: instant(pushedAt),
    repository: name,
    sha,
    parents,
    authoredAt: instant(authoredAt),
    committedAt: instant(committedAt),
    pushedAt: instant(pushedAt),
    title,
    paths,
    author,
    bot,
  };
}

export const instant = at => new Date(at).toISOString();

const before = end => event => Date.parse(event.occurredAt) < end;

const byMerge = (a, b) => a.mergedAt - b.mergedAt || (a.key < b.key ? -1 : 1);
