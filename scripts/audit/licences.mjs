/** The licence a manifest states, as an SPDX expression; also in the ways npm knew before. */
export function licenceOf({ license, licenses }) {
  const stated = license ?? licenses;
  const all = (Array.isArray(stated) ? stated : [stated])
    .map(one => (typeof one === 'object' ? one?.type : one))
    .filter(one => typeof one === 'string' && one.trim() !== '');
  return all.length > 0 ? all.join(' OR ') : undefined;
}

/**
 * Whether an SPDX expression leaves a choice among allowed licences. Of nested expressions only those are understood that
 * are alternatives of combinations; others are refused, like anything unknown.
 */
export function isAllowed(expression, allowed) {
  if (!expression) return false;
  const plain = expression.trim().replace(/^\(([^()]*)\)$/, '$1');
  return plain
    .split(/\s+OR\s+/)
    .some(choice =>
      choice.split(/\s+AND\s+/).every(id => allowed.has(id.trim())),
    );
}
