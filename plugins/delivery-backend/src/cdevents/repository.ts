/**
 * A CDEvents repository has an id and, often, the source that made the id: a
 * host, a host and an owner, or the repository's own address. Together they
 * make `host/owner/name`; undefined where owner and name are not both told.
 */
export function repositoryOf(
  told: { id: string; source?: string | null } | null | undefined,
): string | undefined {
  if (!told || /\s/.test(told.id) || told.id.length > 512) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(told.id)) return told.id;
  const id = trimSlashes(told.id);
  const source = trimSlashes(told.source ?? '');
  const isAddress = /^([a-z]+:\/\/)?[^/\s]+\.[^/\s]+/i.test(source);
  if (!isAddress) return id.includes('/') ? id : undefined;
  const joined = source.toLowerCase().endsWith(`/${id.toLowerCase()}`)
    ? source
    : `${source}/${id}`;
  const path = joined.replace(/^[a-z]+:\/\//i, '').split('/');
  return path.length > 2 && joined.length <= 512 ? joined : undefined;
}

function trimSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === '/') start += 1;
  while (text[end - 1] === '/' && end > start) end -= 1;
  return text.slice(start, end);
}
