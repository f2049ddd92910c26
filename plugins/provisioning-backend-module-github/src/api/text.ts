/** Tokens of GitHub in all the forms they have had. */
const TOKENS = /\b(?:gh[opsur]_[A-Za-z0-9]{16,255}|github_pat_\w{22,255})/g;

/** Longest text of somebody else's that is passed on. */
const MOST = 300;

/**
 * What a host said, fit to be shown: bounded before anything else, in one line,
 * without what we said to it in secret.
 */
export function toldBy(text: unknown, secrets: readonly string[] = []): string {
  if (typeof text !== 'string') return '';
  // A secret may stand across the cut, so a little more is looked at.
  let clean = text.slice(0, MOST + 4_096);
  for (const secret of secrets) {
    if (secret.length > 3) clean = clean.split(secret).join('[token]');
  }
  clean = clean
    .replace(TOKENS, '[token]')
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ');
  return clean.slice(0, MOST).trim();
}
