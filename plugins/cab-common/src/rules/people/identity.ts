/** An account at a provider. The id outlives its login, which is given to others. @public */
export interface Account {
  /** `github.com`, `gitlab.com`, or the host of an own one. */
  provider: string;
  /** The provider's number of the user. */
  id?: string;
  /** Login, in any case. */
  login?: string;
}

/** How a tool names somebody: by an account, an address, or both. @public */
export interface Identity {
  /** An address as it was written. */
  email?: string;
  /** An account. */
  account?: Account;
}

/** A User of the catalog with what is known to be theirs. @public */
export interface KnownPerson {
  /** Entity ref, lower case. */
  userRef: string;
  /** Every address that is theirs. */
  emails: readonly string[];
  /** Every account that is theirs. */
  accounts: readonly Account[];
}

/** Longest address that is looked at; RFC 5321 allows 254. @public */
export const MAX_EMAIL = 320;

/**
 * An address as it is compared: whole, trimmed, lower case. No plus or dot is
 * folded: two addresses of one provider may be two people of another.
 *
 * @returns undefined for what is no address
 * @public
 */
export function comparedEmail(text: string): string | undefined {
  if (text.length > MAX_EMAIL) return undefined;
  const email = text.trim().toLowerCase();
  const at = email.indexOf('@');
  return at > 0 && at < email.length - 1 ? email : undefined;
}

/** Each repetition is bounded, so that a hostile address costs nothing. */
const NOREPLY = [
  // GitHub: 1234+login@, and login@ for accounts from before 2017.
  /^(?:(\d{1,20})\+)?([a-z0-9-]{1,40}(?:\[bot\])?)@users\.noreply\.(github\.[a-z]{2,10})$/,
  // GitLab: 1234-login@.
  /^(?:(\d{1,20})-)?([a-z0-9_.-]{1,255})@users\.noreply\.(gitlab\.[a-z]{2,10})$/,
];

/** The account that an address stands for which takes no mail. @public */
export function noreplyAccount(text: string): Account | undefined {
  const email = comparedEmail(text);
  if (email === undefined) return undefined;
  for (const pattern of NOREPLY) {
    const [, id, login, provider] = pattern.exec(email) ?? [];
    if (login) return { provider, login, ...(id && { id }) };
  }
  return undefined;
}

/** Whether two accounts are one. Where both have an id, logins say nothing. @public */
export function sameAccount(a: Account, b: Account): boolean {
  if (a.provider.toLowerCase() !== b.provider.toLowerCase()) return false;
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  return (
    a.login !== undefined &&
    b.login !== undefined &&
    a.login.toLowerCase() === b.login.toLowerCase()
  );
}

/** Whether an identity is of a person, by address or by account. @public */
export function isOf(identity: Identity, person: KnownPerson): boolean {
  const emails = emailsOf(identity);
  const accounts = accountsOf(identity);
  const theirs = [
    ...person.accounts,
    ...person.emails.map(noreplyAccount).filter(found => found !== undefined),
  ];
  return (
    person.emails.some(each => emails.has(comparedEmail(each))) ||
    theirs.some(account => accounts.some(each => sameAccount(each, account)))
  );
}

function emailsOf({ email }: Identity): Set<string | undefined> {
  const compared = email === undefined ? undefined : comparedEmail(email);
  return new Set(compared === undefined ? [] : [compared]);
}

function accountsOf({ email, account }: Identity): Account[] {
  const behind = email === undefined ? undefined : noreplyAccount(email);
  return [account, behind].filter(each => each !== undefined);
}

/** A provider's own committer: whoever pressed a button is named beside it. @public */
export function isProviderItself({ email, account }: Identity): boolean {
  return (
    (account?.provider === 'github.com' && account.login === 'web-flow') ||
    (email !== undefined && comparedEmail(email) === 'noreply@github.com')
  );
}

/** Longest commit message that is searched for trailers, in UTF-16 code units. */
const LONGEST_MESSAGE = 64 * 1024;

/**
 * The people a commit message names as its co-authors. Each line is looked at
 * once, from its start.
 * @public
 */
export function coAuthorsOf(message: string): Identity[] {
  return message
    .slice(0, LONGEST_MESSAGE)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.slice(0, 15).toLowerCase() === 'co-authored-by:')
    .map(line => {
      const open = line.lastIndexOf('<');
      const close = line.lastIndexOf('>');
      return open >= 0 && close > open
        ? line.slice(open + 1, close)
        : line.slice(15);
    })
    .map(email => comparedEmail(email))
    .filter(email => email !== undefined)
    .map(email => ({ email }));
}
