import { MAX_COMMITS, MAX_PARTS, MAX_PATHS } from './limits';
import { typeOf } from './typeOf';

/** Lists that numbers are made of, and how many they may hold. */
const MOST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  deployment: { commits: MAX_COMMITS, parts: MAX_PARTS },
  commit: { paths: MAX_PATHS },
};

/**
 * The event without lists that are too long: cut short they would say something
 * else, so what they say is unknown.
 */
export function withoutLongLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  const fields = value as Record<string, unknown>;
  const type = typeOf(fields) ?? '';
  const most = Object.hasOwn(MOST, type) ? MOST[type] : {};
  const long = Object.entries(most).filter(([name, max]) => {
    const list = fields[name];
    return Array.isArray(list) && list.length > max;
  });
  if (long.length === 0) return value;
  const kept = { ...fields };
  for (const [name] of long) delete kept[name];
  return kept;
}
