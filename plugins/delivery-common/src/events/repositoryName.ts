const SCHEME = /[a-z][a-z0-9+.-]*:\/\//y;
const WHITE = /\s/;

/**
 * A repository without scheme, user, query and `.git`, in lower case:
 * `https://me@github.com/Acme/Shop.git` is `github.com/acme/shop`. What taking
 * something off lays bare is looked at as well (`shop.git/.git`), so that done
 * again, it changes nothing.
 *
 * Nothing is copied on the way: two ends move towards each other, and whatever
 * is looked for between them is found once. However often something has to be
 * taken off, that takes time in proportion to the text.
 */
export function bareRepository(repository: string): string {
  const text = repository.trim().toLowerCase();
  const [slash, at, colon, dot] = ['/', '@', ':', '.'].map(mark =>
    finder(text, start => text.indexOf(mark, start)),
  );
  const noDigit = finder(text, start => searchFrom(text, /\D/g, start));
  const query = finder(text, start => searchFrom(text, /[?#]/g, start));
  let from = 0;
  let to = text.length;
  /** The `:` that stands for the `/` after a host, as in `git@host.org:path`. */
  let joint = text.length;
  let schemeAt = -1;
  let changed = true;

  const isSpace = (index: number) => WHITE.test(text[index]);
  const isSlash = (index: number) => text[index] === '/' || index === joint;
  const firstSlash = () => Math.min(slash(from), joint, to);

  while (changed) {
    const [wasFrom, wasTo, wasJoint] = [from, to, joint];
    while (from < to && isSpace(from)) from += 1;
    while (from < to && isSpace(to - 1)) to -= 1;
    if (schemeAt !== from && colon(from) + 1 === firstSlash()) {
      schemeAt = from;
      SCHEME.lastIndex = from;
      if (SCHEME.test(text) && SCHEME.lastIndex <= to) from = SCHEME.lastIndex;
    }
    if (at(from) < firstSlash()) from = at(from) + 1;
    const host = colon(from);
    if (host < firstSlash() && dot(from + 1) < host - 1) {
      const port = noDigit(host + 1);
      const isPort = port > host + 1 && port < to && isSlash(port);
      if (!isPort) joint = host;
    }
    to = Math.max(from, Math.min(to, query(from)));
    while (from < to && isSlash(to - 1)) to -= 1;
    if (to - from >= 4 && text.endsWith('.git', to)) to -= 4;
    while (from < to && isSlash(from)) from += 1;
    if (joint < from) joint = text.length;
    changed = wasFrom !== from || wasTo !== to || wasJoint !== joint;
  }
  return joint >= from && joint < to
    ? `${text.slice(from, joint)}/${text.slice(joint + 1, to)}`
    : text.slice(from, to);
}

/**
 * Remembers the first place at or after another one, as far as that goes; the
 * length of the text when there is none. Asked for places that never move back,
 * it reads the text once.
 *
 * @param find - the first place from `start` on, or -1
 */
function finder(
  text: string,
  find: (start: number) => number,
): (start: number) => number {
  let found = -1;
  return start => {
    if (found < start) {
      const place = find(start);
      found = place < 0 ? text.length : place;
    }
    return found;
  };
}

function searchFrom(text: string, what: RegExp, start: number): number {
  what.lastIndex = start;
  return what.exec(text)?.index ?? -1;
}

/**
 * Normalises a repository to `host/owner/name`: lower case, no scheme, no user,
 * no `.git`. A bare `owner/name` is on `defaultHost`.
 * @public
 */
export function normaliseRepository(
  repository: string,
  defaultHost: string = 'github.com',
): string {
  const bare = bareRepository(repository);
  const slash = bare.indexOf('/');
  const first = slash < 0 ? bare : bare.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === 'localhost';
  return hasHost && slash >= 0 ? bare : `${defaultHost.toLowerCase()}/${bare}`;
}
