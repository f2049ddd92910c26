import { canonicalJson } from '@fawkes/kit-contract';

/** Longest excerpt of a fact that is kept, in bytes of its JSON. @public */
export const MAX_EXCERPT = 16_384;
const MAX_DEPTH = 8;
const MAX_TEXT = 2_000;

/** What is kept of a fact. @public */
export interface Excerpt {
  /** Canonical JSON, without secrets and other people. */
  text: string;
  /** Something was left out for its length. */
  cut: boolean;
}

const SECRET_NAME =
  /(token|secret|passw|credential|authori[sz]ation|api[-_]?key|private[-_]?key|cookie|session)/i;
const SECRET_TEXT = [
  /\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA)[\w-]{8,255}/g,
  /\beyJ[\w-]{8,2000}\.[\w-]{1,2000}\.?[\w-]{0,2000}/g,
  /\bBearer\s{1,4}[\w.~+/=-]{8,2000}/gi,
  /-----BEGIN [A-Z ]{1,40}-----/g,
  /:\/\/[^\s/@:]{1,100}:[^\s/@]{1,100}@/g,
];
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,4}/g;
const USER = /\buser:[\w.-]{1,63}\/[\w.-]{1,63}/gi;

/**
 * What may be kept of a fact as evidence: what names a secret or another person
 * is blotted out when it is captured, so that nothing has to be taken out later.
 *
 * @param learner - entity ref of the one person who may be named
 * @public
 */
export function excerptOf(fact: unknown, learner: string): Excerpt {
  const state = { cut: false };
  const own = learner.toLowerCase();
  const text = canonicalJson(redacted(fact, own, state, 0));
  if (new TextEncoder().encode(text).length <= MAX_EXCERPT) {
    return { text, cut: state.cut };
  }
  return {
    text: canonicalJson({ cut: text.slice(0, MAX_EXCERPT / 8) }),
    cut: true,
  };
}

function redacted(
  value: unknown,
  learner: string,
  state: { cut: boolean },
  depth: number,
): unknown {
  if (typeof value === 'string') return redactedText(value, learner, state);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || typeof value !== 'object') return null;
  if (depth >= MAX_DEPTH) {
    state.cut = true;
    return null;
  }
  if (Array.isArray(value)) {
    return value.map(each => redacted(each, learner, state, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      redactedText(name, learner, state),
      SECRET_NAME.test(name)
        ? '[secret]'
        : redacted(each, learner, state, depth + 1),
    ]),
  );
}

function redactedText(
  text: string,
  learner: string,
  state: { cut: boolean },
): string {
  if (text.length > MAX_TEXT) state.cut = true;
  // Cut first: each pattern is bounded, and so is what it is run on.
  let clean = text.slice(0, MAX_TEXT);
  for (const pattern of SECRET_TEXT) clean = clean.replace(pattern, '[secret]');
  return clean
    .replace(USER, ref =>
      ref.toLowerCase() === learner ? ref : '[another person]',
    )
    .replace(MAIL, '[address]');
}
