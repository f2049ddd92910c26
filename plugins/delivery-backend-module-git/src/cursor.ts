import { z } from 'zod';

const sha = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);

const tips = z.object({
  heads: z.array(sha),
  /** Commit of each release, by the name of its tag. */
  tags: z.record(z.string(), sha),
});

const repositoryCursor = tips.extend({
  /** A load that is under way: where it goes, and how many commits are told. */
  pending: tips.extend({ done: z.number().int().nonnegative() }).optional(),
});

const cursor = z.object({
  repositories: z.record(z.string(), repositoryCursor),
});

/** Where the names of a repository pointed. */
export type Tips = z.infer<typeof tips>;
/** What is loaded of one repository. */
export type RepositoryCursor = z.infer<typeof repositoryCursor>;
/** What is loaded of each repository, by its name. */
export type Cursor = z.infer<typeof cursor>;

/**
 * Reads a stored cursor. One that cannot be read (another version wrote it)
 * starts from the beginning: telling a fact twice changes nothing.
 */
export function readCursor(stored: unknown): Cursor {
  const parsed = cursor.safeParse(stored);
  return parsed.success ? parsed.data : { repositories: {} };
}

/** Nothing is loaded yet. */
export const START: RepositoryCursor = { heads: [], tags: {} };

/** Every commit the names pointed at, each once. */
export function commitsOf({ heads, tags }: Tips): string[] {
  return [...new Set([...heads, ...Object.values(tags)])];
}

/** Whether the names point where they pointed. */
export function sameTips(a: Tips, b: Tips): boolean {
  const names = Object.keys(a.tags);
  return (
    a.heads.join() === b.heads.join() &&
    names.length === Object.keys(b.tags).length &&
    names.every(name => a.tags[name] === b.tags[name])
  );
}
