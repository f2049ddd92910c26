const LONGEST = 512;

/**
 * A CDEvents repository has an id and, often, the source that made the id: a
 * host, a host and an owner, or the repository's own address. Together they
 * make `host/owner/name`; undefined where owner and name are not both told.
 */
export function repositoryOf(
  told: { id: string; source?: string | null } | null | undefined,
): string | undefined {
  const from = told?.source ?? '';
  if (!told || told.id.length > LONGEST || from.length > LONGEST) {
    return undefined;
  }
  if (/\s/.test(told.id)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(told.id)) return told.id;
  const id = trimSlashes(told.id);
  const source = trimSlashes(from);
  const isAddress = /^([a-z]+:\/\/)?[^/\s]+\.[^/\s]+/i.test(source);
  if (!isAddress) return id.includes('/') ? id : undefined;
  const joined = source.toLowerCase().endsWith(`/${id.toLowerCase()}`)
    ? source
    : `${source}/${id}`;
  const path = joined.replace(/^[a-z]+:\/\//i, '').split('/');
  return path.length > 2 && joined.length <= LONGEST ? joined : undefined;
}

function trimSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === '/') start += 1;
  while (text[end - 1] === '/' && end > start) end -= 1;
  return text.slice(start, end);
}
