/**
 * A way that leads back to where it began, or undefined. Walks without calling
 * itself, so that depth costs memory and not the stack; every edge is looked at
 * once.
 *
 * @param edges - what each node needs first
 * @public
 */
export function findCycle(
  edges: ReadonlyMap<string, readonly string[]>,
): string[] | undefined {
  const done = new Set<string>();
  for (const root of edges.keys()) {
    if (done.has(root)) continue;
    const path: string[] = [root];
    const onPath = new Set(path);
    const waiting: Array<Iterator<string>> = [nextOf(edges, root)];
    while (waiting.length > 0) {
      const { value, done: end } = waiting[waiting.length - 1].next();
      if (end) {
        waiting.pop();
        const left = path.pop()!;
        onPath.delete(left);
        done.add(left);
      } else if (onPath.has(value)) {
        return [...path.slice(path.indexOf(value)), value];
      } else if (!done.has(value)) {
        path.push(value);
        onPath.add(value);
        waiting.push(nextOf(edges, value));
      }
    }
  }
  return undefined;
}

function nextOf(
  edges: ReadonlyMap<string, readonly string[]>,
  node: string,
): Iterator<string> {
  return (edges.get(node) ?? [])[Symbol.iterator]();
}
