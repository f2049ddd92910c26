import type { z } from 'zod';

/**
 * Holds an answer to its schema. Parsing drops what the contract does not name,
 * so a field too many is found as well as one too few.
 */
export function expectContract<S extends z.ZodType>(
  schema: S,
  body: unknown,
): z.output<S> {
  const parsed = schema.parse(body);
  expect(body).toEqual(parsed);
  return parsed;
}
