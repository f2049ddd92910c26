import type { Request } from 'express';

/**
 * The query of a request the way clients write it: a name that is repeated is a
 * list. Express reads brackets as structure and makes no list of more than twenty
 * values, so that the twenty-first would turn a question into a fault.
 */
export function queryOf({ url }: Pick<Request, 'url'>): object {
  const begin = url.indexOf('?');
  const query = new Map<string, string | string[]>();
  if (begin < 0) return {};
  for (const [name, value] of new URLSearchParams(url.slice(begin))) {
    const known = query.get(name);
    if (known === undefined) query.set(name, value);
    else if (Array.isArray(known)) known.push(value);
    else query.set(name, [known, value]);
  }
  return Object.fromEntries(query);
}
