import { InputError } from '@backstage/errors';
import { formatPath } from '@fawkes/backstage-plugin-delivery-common';
import type { z } from 'zod';

/**
 * Reads a query or body by its schema.
 *
 * @throws InputError with the path of the first fault
 */
export function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path =
    issue.code === 'unrecognized_keys'
      ? formatPath([...issue.path, issue.keys[0]])
      : formatPath(issue.path);
  const reason =
    issue.code === 'unrecognized_keys'
      ? 'is not a parameter of this route'
      : issue.message;
  throw new InputError(`${path || 'the request'}: ${reason}`);
}
