import { DEFAULT_PRODUCTION, MAX_LISTED } from '../catalog';
import type { ServiceRules } from './model';
import { readPathPattern } from './pathPattern';

/**
 * Splits an annotation of comma-separated values. How long the text and how
 * many its values may be is the caller's to say.
 * @public
 */
export function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}

/**
 * Which commits count for a service.
 *
 * @param globs - the service's part of each shared repository, as
 *   {@link readPathPattern} reads it; none = all of it. Those it refuses, and
 *   those beyond {@link MAX_LISTED}, are as if they were not there.
 * @public
 */
export function serviceRules(options: {
  globs: readonly string[];
  countMerges: boolean;
  countBots: boolean;
}): ServiceRules {
  const { globs, countMerges, countBots } = options;
  const patterns = globs
    .slice(0, MAX_LISTED)
    .map(readPathPattern)
    .filter(pattern => pattern.ok);
  return {
    countMerges,
    countBots,
    touches: commit =>
      patterns.length === 0 ||
      commit.paths === null ||
      commit.paths.some(path => patterns.some(({ matches }) => matches(path))),
  };
}

/**
 * Whether an environment is production: named in the annotation of the service,
 * else matched by the configured expression, else called prod or production.
 * @public
 */
export function isProduction(
  environment: string,
  named: readonly string[],
  pattern: RegExp = DEFAULT_PRODUCTION,
): boolean {
  return named.length > 0
    ? named.some(name => name.toLowerCase() === environment.toLowerCase())
    : pattern.test(environment);
}
