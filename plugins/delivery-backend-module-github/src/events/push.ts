import {
  ignored,
  parts,
  together,
  whole,
  type Mapped,
  type PartDraft,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  bodyOf,
  botName,
  clip,
  instant,
  originOf,
  repository,
  titleOf,
  webUrl,
  withPayload,
  type Origin,
} from '../payload';
import type { Rules } from '../rules';

const pathList = z.array(z.string()).nullish();

const commit = z.object({
  id: z.string(),
  timestamp: instant,
  message: z.string().nullish(),
  url: z.string().nullish(),
  author: z.object({ username: z.string().nullish() }).nullish(),
  added: pathList,
  modified: pathList,
  removed: pathList,
});

const schema = z.object({
  ref: z.string(),
  before: z.string().nullish(),
  after: z.string().nullish(),
  created: z.boolean().nullish(),
  forced: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
  commits: z.array(commit).max(10_000),
  head_commit: z.object({ timestamp: instant }).nullish(),
  repository: repository.extend({
    /** Unix seconds in push events, an instant everywhere else. */
    pushed_at: z.union([z.number().int().positive(), instant]).nullish(),
  }),
});

type Push = z.infer<typeof schema>;

/** A list that is as long may have been cut: GitHub sends no more. */
const MOST_LISTED = 2_048;
const LONGEST_ID = 512;
const NOTHING = /^0+$/;
const SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/i;

/**
 * `push`: commits reached a branch. GitHub names neither their parents nor
 * their author dates, so each is a partial claim: `git` or a backfill may add
 * the rest. `timestamp` is the committer date; a commit is authored then at the
 * latest, and pushed at the first push that carries it.
 *
 * What the branch was before, and what is listed, is a fact of its own: it says
 * what its last commit reaches as long as nobody has told parents.
 */
export function mapPush(payload: unknown, rules: Rules): Mapped {
  return withPayload(schema, payload, told => {
    if (!told.ref.startsWith('refs/heads/')) {
      return ignored(`GitHub event push to ${clipRef(told.ref)} is no branch`);
    }
    const origin = originOf(told.repository);
    const pushedAt = toIso(told.repository.pushed_at);
    const push = pushOf(told, origin, pushedAt);
    if (told.deleted || (told.commits.length === 0 && !push)) {
      return ignored('GitHub event push carries no commits');
    }
    const commits = parts(
      told.commits.map(item => commitPart(item, origin, pushedAt, rules)),
    );
    return push ? together(commits, push) : commits;
  });
}

/** The push itself; undefined when GitHub does not say from where to where. */
function pushOf(
  told: Push,
  origin: Origin,
  pushedAt: string | undefined,
): Mapped | undefined {
  const { ref, before, after } = told;
  const at = pushedAt ?? told.head_commit?.timestamp;
  if (!before || !after || NOTHING.test(after) || !at) return undefined;
  const created = told.created === true || NOTHING.test(before);
  const forced = told.forced === true;
  const commits = told.commits.map(({ id }) => id);
  const listed = commits.filter(id => SHA.test(id));
  const isWhole =
    listed.length === commits.length && commits.length < MOST_LISTED;
  return whole({
    type: 'change',
    kind: 'push',
    source: origin.source,
    id: clip(`${origin.fullName}@${ref} ${before}..${after}`, LONGEST_ID),
    occurredAt: at,
    repository: origin.repository,
    ref,
    before: NOTHING.test(before) ? undefined : before,
    after,
    created: created || undefined,
    forced: forced || undefined,
    complete: (!created && !forced && isWhole) || undefined,
    commits: listed,
  });
}

/** What `git revert` writes into the message. */
const REVERTS = /^This reverts commit ([0-9a-f]{40})\b/im;

function commitPart(
  told: z.infer<typeof commit>,
  origin: Origin,
  pushedAt: string | undefined,
  rules: Rules,
): PartDraft {
  const username = told.author?.username;
  return {
    type: 'commit',
    source: origin.source,
    id: told.id,
    occurredAt: pushedAt ?? told.timestamp,
    fields: {
      repository: origin.repository,
      sha: told.id,
      committedAt: told.timestamp,
      paths: pathsOf(told),
      title: titleOf(told.message?.split('\n', 1)[0]),
      reverts: REVERTS.exec(bodyOf(told.message))?.[1],
      author: username ? rules.hashOf(origin.host, username) : undefined,
      bot: username?.endsWith('[bot]') || undefined,
      botName: username?.endsWith('[bot]') ? botName(username) : undefined,
      url: webUrl(told.url),
    },
    earliest: { authoredAt: told.timestamp, pushedAt },
  };
}

/**
 * Every touched path, or nothing at all: a list cut short would give the
 * commit to the wrong services.
 */
function pathsOf(told: z.infer<typeof commit>): string[] | undefined {
  if (!told.added && !told.modified && !told.removed) return undefined;
  const paths = [
    ...new Set([
      ...(told.added ?? []),
      ...(told.modified ?? []),
      ...(told.removed ?? []),
    ]),
  ];
  return paths.length <= 5_000 &&
    paths.every(path => path.length > 0 && path.length <= 1024)
    ? paths
    : undefined;
}

function toIso(pushedAt: number | string | null | undefined) {
  return typeof pushedAt === 'number'
    ? new Date(pushedAt * 1000).toISOString()
    : pushedAt ?? undefined;
}

function clipRef(ref: string): string {
  return ref.slice(0, 100);
}
