/** A person as a commit names them. */
export interface Person {
  name: string;
  email: string;
}

/** Who made a commit, and when, in whole seconds since 1970. */
export interface Signature extends Person {
  at: number;
}

/**
 * Variables that make git sign a commit so, whatever the machine's clock and
 * time zone.
 */
export function signatureEnv(
  role: 'AUTHOR' | 'COMMITTER',
  { name, email, at }: Signature,
): Record<string, string> {
  return {
    [`GIT_${role}_NAME`]: plain(name) || 'unknown',
    [`GIT_${role}_EMAIL`]: plain(email),
    // Without the sign, git takes small numbers for something else.
    [`GIT_${role}_DATE`]: `@${Math.trunc(at)} +0000`,
  };
}

/** Git ends a name at these, so a name that holds them could forge a header. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f<>]/g, ' ').trim();
}
