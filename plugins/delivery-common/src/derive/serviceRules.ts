import picomatch from 'picomatch';
import { DEFAULT_PRODUCTION } from '../catalog';
import type { ServiceRules } from './model';

/** Splits an annotation of comma-separated values. @public */
export function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}

/**
 * Which commits count for a service.
 *
 * @param globs - the service's part of each shared repository; none = all of it
 * @public
 */
export function serviceRules(options: {
  globs: readonly string[];
  countMerges: boolean;
  countBots: boolean;
}): ServiceRules {
  const { globs, countMerges, countBots } = options;
  const matches =
    globs.length > 0 ? picomatch([...globs], { dot: true }) : undefined;
  return {
    countMerges,
    countBots,
    touches: commit =>
      !matches ||
      commit.paths === null ||
      commit.paths.some(path => matches(path)),
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
