/** How large a certificate may be: its text, how deep it is nested, how many objects. */
export const LIMITS = { bytes: 64 * 1024, depth: 16, objects: 200 };

/** What is wrong with a text before anything of it is understood. */
export type ReadFault = 'large' | 'json' | 'deep' | 'many' | 'null' | 'keyword';

/**
 * Reads JSON that anybody may send. Words that change what others mean (keys that
 * begin with `@`) are refused everywhere but at the top, and so is null: a library
 * further down would accept both.
 */
export function readLimited(
  text: string,
): { value: Record<string, unknown> } | { fault: ReadFault } {
  if (Buffer.byteLength(text) > LIMITS.bytes) return { fault: 'large' };
  if (nestingOf(text) > LIMITS.depth) return { fault: 'deep' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'json' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fault: 'json' };
  }
  const fault = faultIn(value);
  return fault ? { fault } : { value: value as Record<string, unknown> };
}

/** How deep the brackets go, without building anything of it. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at++;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{' || letter === '[') {
      deepest = Math.max(deepest, ++depth);
    } else if (letter === '}' || letter === ']') depth--;
  }
  return deepest;
}

function faultIn(root: object): ReadFault | undefined {
  const open: unknown[] = [root];
  let objects = 0;
  while (open.length > 0) {
    const value = open.pop();
    if (value === null) return 'null';
    if (typeof value !== 'object') continue;
    if (!Array.isArray(value)) {
      if (++objects > LIMITS.objects) return 'many';
      for (const key of Object.keys(value as object)) {
        const allowed = value === root && key === '@context';
        if (key.startsWith('@') && !allowed) return 'keyword';
      }
    }
    open.push(...Object.values(value as object));
  }
  return undefined;
}
