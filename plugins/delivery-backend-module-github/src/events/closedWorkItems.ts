import { bodyOf } from '../payload';

/** GitHub's closing keywords before `#1`, `owner/name#1` or an issue address. */
const CLOSES =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s{1,10}(?:https?:\/\/[^\s/]{1,255}\/([\w.-]{1,100}\/[\w.-]{1,100})\/issues\/|([\w.-]{1,100}\/[\w.-]{1,100})?#)(\d{1,10})\b/gi;

const MOST_ITEMS = 100;

/**
 * The issues a pull request closes by its text, as `owner/name#number`.
 *
 * @see https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export function closedWorkItems(
  body: string | null | undefined,
  fullName: string,
): string[] {
  const found = new Set<string>();
  for (const match of bodyOf(body).matchAll(CLOSES)) {
    found.add(`${match[1] ?? match[2] ?? fullName}#${match[3]}`);
    if (found.size === MOST_ITEMS) break;
  }
  return [...found];
}
