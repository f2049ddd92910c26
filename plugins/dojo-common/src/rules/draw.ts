/**
 * Draws questions: what the draw before had is set aside, and comes back only
 * where the others are too few. The new draw has min(pick, pool − previous)
 * items that the last had not.
 *
 * @param pool - ids to draw from
 * @param rank - chance, handed in: who ranks lower is drawn first
 * @returns ids in the order they are shown
 * @public
 */
export function drawItems(
  pool: readonly string[],
  pick: number,
  previous: Iterable<string>,
  rank: (id: string) => string,
): string[] {
  const before = new Set(previous);
  const ranked = byRank(pool, rank);
  const fresh = ranked.filter(id => !before.has(id));
  const known = ranked.filter(id => before.has(id));
  return byRank([...fresh, ...known].slice(0, pick), rank);
}

/**
 * Things in an order that chance decides.
 *
 * @param rank - chance, handed in
 * @public
 */
export function byRank(
  ids: readonly string[],
  rank: (id: string) => string,
): string[] {
  const ranks = new Map(ids.map(id => [id, rank(id)]));
  return [...ids].sort((a, b) => {
    const [left, right] = [ranks.get(a)!, ranks.get(b)!];
    if (left === right) return a < b ? -1 : 1;
    return left < right ? -1 : 1;
  });
}
