import {
  ignored,
  parts,
  type Mapped,
  type PartDraft,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
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
  deleted: z.boolean().nullish(),
  commits: z.array(commit).max(10_000),
  repository: repository.extend({
    /** Unix seconds in push events, an instant everywhere else. */
    pushed_at: z.union([z.number().int().positive(), instant]).nullish(),
  }),
});

/**
 * `push`: commits reached a branch. GitHub names neither their parents nor
 * their author dates, so each is a partial claim: `git` or a backfill may add
 * the rest. `timestamp` is the committer date; a commit is authored then at the
 * latest, and pushed at the first push that carries it.
 */
export function mapPush(payload: unknown, rules: Rules): Mapped {
  return withPayload(schema, payload, told => {
    if (!told.ref.startsWith('refs/heads/')) {
      return ignored(`GitHub event push to ${clipRef(told.ref)} is no branch`);
    }
    if (told.deleted || told.commits.length === 0) {
      return ignored('GitHub event push carries no commits');
    }
    const origin = originOf(told.repository);
    const pushedAt = toIso(told.repository.pushed_at);
    return parts(
      told.commits.map(item => commitPart(item, origin, pushedAt, rules)),
    );
  });
}

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
      author: username ? rules.hashOf(origin.host, username) : undefined,
      bot: username?.endsWith('[bot]') || undefined,
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
