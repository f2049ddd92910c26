type QueryValue = string | number | boolean | undefined | readonly string[];

/**
 * Writes a query the way the contract reads it: lists repeat their name, what
 * is undefined stays out so that the backend's default applies.
 */
export function toSearch(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    if (value === undefined) continue;
    if (Array.isArray(value)) value.forEach(item => search.append(name, item));
    else search.append(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}
