import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/** Where something received is wrong, and why. @public */
export interface Fault {
  /** JSON path within what was sent, e.g. `finishedAt` or `parts[1].sha`. */
  path: string;
  /** What is wrong there, in words a sender can act on. */
  reason: string;
}

/**
 * The first fault of what a schema refused.
 *
 * @param unknownKey - what is said of a field nobody asked for
 * @public
 */
export function faultOf(
  error: z.ZodError,
  unknownKey: string = 'is not a field here',
): Fault {
  const [issue] = error.issues;
  return issue.code === 'unrecognized_keys'
    ? { path: formatPath([...issue.path, issue.keys[0]]), reason: unknownKey }
    : { path: formatPath(issue.path), reason: clipText(issue.message) };
}

/**
 * Reads a query or body by its schema.
 *
 * @throws InputError with the path of the first fault
 * @public
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, reason } = faultOf(
    parsed.error,
    'is not a parameter of this route',
  );
  throw new InputError(`${path || 'the request'}: ${reason}`);
}

/** Formats a path the way people write it: `parts[1].sha`. @public */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map(part =>
      typeof part === 'number' ? `[${part}]` : `.${clipText(String(part))}`,
    )
    .join('')
    .replace(/^\./, '');
}

/**
 * Text of others at a length that fits into a message: a sender's own text
 * comes back to it there.
 *
 * @param max - UTF-16 code units, the ellipsis included
 * @public
 */
export function clipText(text: string, max: number = 200): string {
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}
