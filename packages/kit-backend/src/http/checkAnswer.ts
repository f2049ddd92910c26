import { isDeepStrictEqual } from 'node:util';
import type { Route } from '@fawkes/kit-contract';

/**
 * In tests, holds every answer to its schema: a field too many is found as well
 * as one too few. In production nothing is checked, and nothing is paid.
 *
 * @throws Error naming the route and the fault
 */
export function checkAnswer(name: string, route: Route, value: unknown): void {
  if (process.env.NODE_ENV !== 'test' || !route.answer) return;
  const sent: unknown = JSON.parse(JSON.stringify(value));
  const parsed = route.answer.safeParse(sent);
  if (!parsed.success) {
    throw new Error(`${name} answers what it should not: ${parsed.error}`);
  }
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(parsed.data)), sent)) {
    throw new Error(`${name} answers fields its schema does not name`);
  }
}
