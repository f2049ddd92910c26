import type { Said } from '@fawkes/kit-contract';
import { MAX_LISTED } from '../catalog';
import { say } from '../contract';

/**
 * What rules may be about, and by what they may tell one from another.
 * @public
 */
export const COUNT_FIELDS = {
  bots: ['name', 'label', 'title'],
  incidents: ['severity', 'title'],
} as const;

/** Whose counting rules say something about. @public */
export type CountSubject = keyof typeof COUNT_FIELDS;

/** Longest rule, in UTF-16 code units. @public */
export const MAX_COUNT_RULE = 256;

/** What is known of a thing, by field; what is not known is left out. @public */
export type CountFacts = Readonly<Record<string, readonly string[]>>;

/** Which of some things count. @public */
export interface CountRules {
  /** What they were read from. */
  readonly terms: readonly string[];
  /** Whether a thing counts; undefined where they say nothing about it. */
  verdict(facts: CountFacts): boolean | undefined;
}

/** One rule, as it was read. */
type Term =
  | { counts: boolean; everything: true }
  | {
      counts: boolean;
      everything: false;
      field: string;
      matches(text: string): boolean;
    };

type ReadTerm =
  | { ok: true; term: Term }
  | {
      ok: false;
      /** What is wrong with it, as the end of a sentence. */
      reason: Said;
      /** What to write instead, as a sentence. */
      advice: Said;
    };

/**
 * What is wrong with a rule: `all`, `none`, `field=pattern` (counts) and
 * `!field=pattern` (does not). In a pattern `*` is any number of characters;
 * upper and lower case make no difference. Undefined when nothing is.
 * @public
 */
export function faultOfCountRule(
  text: string,
  subject: CountSubject,
): { reason: Said; advice: Said } | undefined {
  const read = readTerm(text, subject);
  return read.ok ? undefined : read;
}

function readTerm(text: string, subject: CountSubject): ReadTerm {
  if (text.length > MAX_COUNT_RULE) {
    return {
      ok: false,
      reason: say('count_rule.long', { max: MAX_COUNT_RULE }),
      advice: say('count_rule.long.advice'),
    };
  }
  const word = text.toLowerCase();
  if (word === 'all' || word === 'none') {
    return { ok: true, term: { counts: word === 'all', everything: true } };
  }
  const isExcluded = text.startsWith('!');
  const told = isExcluded ? text.slice(1) : text;
  const at = told.indexOf('=');
  const field = told.slice(0, Math.max(at, 0)).trim().toLowerCase();
  const pattern = told.slice(at + 1).trim();
  const fields: readonly string[] = COUNT_FIELDS[subject];
  if (!fields.includes(field) || pattern === '') {
    return {
      ok: false,
      reason: say('count_rule.form'),
      advice: say('count_rule.form.advice', { fields: fields.join(', ') }),
    };
  }
  return {
    ok: true,
    term: {
      counts: !isExcluded,
      everything: false,
      field,
      matches: wildcard(pattern),
    },
  };
}

/**
 * Reads rules. Within a list, what does not count is stronger than what does,
 * and either is stronger than `all` and `none` (of both: `none`); their order
 * does not matter. Rules that cannot be read, and those beyond
 * {@link MAX_LISTED}, are as if they were not there.
 * @public
 */
export function readCountRules(
  texts: readonly string[],
  subject: CountSubject,
): CountRules {
  const terms = texts.slice(0, MAX_LISTED).flatMap(text => {
    const read = readTerm(text, subject);
    return read.ok ? [read.term] : [];
  });
  const everything = terms.filter(term => term.everything);
  const rest = terms.filter(term => !term.everything);
  return {
    terms: texts,
    verdict: facts => {
      const found = rest.filter(({ field, matches }) =>
        (Object.hasOwn(facts, field) ? facts[field] : []).some(matches),
      );
      const said = found.length > 0 ? found : everything;
      return said.length > 0 ? said.every(term => term.counts) : undefined;
    },
  };
}

/**
 * Whether a text fits a pattern, in time that grows with the length of both and
 * is bounded by them: each part is looked for once, behind the one before.
 */
function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.toLowerCase().split('*');
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (parts.length === 1) return text => text.toLowerCase() === first;
  const between = parts.slice(1, -1);
  return told => {
    const text = told.toLowerCase();
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of between) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  };
}
