import {
  DEFAULT_HOTFIX_BRANCH,
  DEFAULT_HOTFIX_LABEL,
  DEFAULT_PRODUCTION,
  MAX_LISTED,
} from '../catalog';
import type { CountFacts, CountRules } from './countRules';
import { foldEnvironment } from './environment';
import type { BotChange, ServiceRules } from './model';
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
 * @param bots - which changes of bots count, the strongest rules first; what
 *   none of them says anything about counts by `countBots`
 * @public
 */
export function serviceRules(options: {
  globs: readonly string[];
  countMerges: boolean;
  countBots: boolean;
  bots?: readonly CountRules[];
  hotfixLabel?: RegExp;
  hotfixBranch?: RegExp;
}): ServiceRules {
  const {
    globs,
    countMerges,
    countBots,
    bots = [],
    hotfixLabel = DEFAULT_HOTFIX_LABEL,
    hotfixBranch = DEFAULT_HOTFIX_BRANCH,
  } = options;
  const patterns = globs
    .slice(0, MAX_LISTED)
    .map(readPathPattern)
    .filter(pattern => pattern.ok);
  return {
    countMerges,
    countsBot: change => verdictOf(bots, factsOfBot(change)) ?? countBots,
    isHotfix: ({ labels, headBranch }) =>
      labels.some(label => hotfixLabel.test(label)) ||
      hotfixBranch.test(branchOf(headBranch)),
    touches: commit =>
      patterns.length === 0 ||
      commit.paths === null ||
      commit.paths.some(path => patterns.some(({ matches }) => matches(path))),
  };
}

function factsOfBot({ botName, title, labels }: BotChange): CountFacts {
  return {
    label: labels,
    ...(botName !== null && { name: [botName] }),
    ...(title !== null && { title: [title] }),
  };
}

/**
 * What the strongest rules that say anything about a thing say about it.
 *
 * @param rules - the strongest first
 * @public
 */
export function verdictOf(
  rules: readonly CountRules[],
  facts: CountFacts,
): boolean | undefined {
  for (const { verdict } of rules) {
    const said = verdict(facts);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** In a fork it is `owner:branch`. */
function branchOf(head: string | null): string {
  return (head ?? '').replace(/^[^:]*:/, '');
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
    ? named.some(name => foldEnvironment(name) === foldEnvironment(environment))
    : pattern.test(foldEnvironment(environment));
}
