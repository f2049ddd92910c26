import { MAX_COMMITS, MAX_PARTS, MAX_PATHS } from './limits';
import { typeOf } from './typeOf';

type Fields = Record<string, unknown>;

/** Lists that numbers are made of, and how many they may hold. */
const MOST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  deployment: { commits: MAX_COMMITS, parts: MAX_PARTS },
  commit: { paths: MAX_PATHS },
  push: { commits: MAX_COMMITS },
  pull_request: { commits: MAX_COMMITS },
};

/** A push or a request always lists commits; none says nothing. */
const ALWAYS_LISTED: readonly string[] = ['push', 'pull_request'];

/**
 * The event without lists that are too long: cut short they would say something
 * else, so what they say is unknown.
 *
 * @returns how many lists that were, beside it
 */
export function withoutLongLists(value: unknown): {
  value: unknown;
  lists: number;
} {
  if (!isFields(value)) return { value, lists: 0 };
  const type = typeOf(value) ?? '';
  const most = Object.hasOwn(MOST, type) ? MOST[type] : {};
  const { kept, lists } = without(value, most);
  if (lists > 0 && ALWAYS_LISTED.includes(type)) kept.commits = [];
  // It says no more what the branch became.
  if (lists > 0 && type === 'push') delete kept.complete;
  if (type !== 'deployment' || !Array.isArray(kept.parts)) {
    return { value: kept, lists };
  }
  let ofParts = 0;
  const parts = kept.parts.map(part => {
    if (!isFields(part)) return part;
    const own = without(part, { commits: MAX_COMMITS });
    ofParts += own.lists;
    return own.kept;
  });
  return ofParts === 0
    ? { value: kept, lists }
    : { value: { ...kept, parts }, lists: lists + ofParts };
}

function without(
  fields: Fields,
  most: Readonly<Record<string, number>>,
): { kept: Fields; lists: number } {
  const long = Object.entries(most).filter(([name, max]) => {
    const list = fields[name];
    return Array.isArray(list) && list.length > max;
  });
  if (long.length === 0) return { kept: fields, lists: 0 };
  const kept = { ...fields };
  for (const [name] of long) delete kept[name];
  return { kept, lists: long.length };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
