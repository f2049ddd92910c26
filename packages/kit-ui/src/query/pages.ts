import type { InfiniteData } from '@tanstack/react-query';

/** Loaded pages as one: the newest head and the items of all of them. @public */
export function flatten<T, P extends { items: T[]; nextCursor: string | null }>(
  data: InfiniteData<P & { items: T[] }>,
): P & { items: T[] } {
  const { pages } = data;
  const last = pages[pages.length - 1];
  return {
    ...pages[0],
    items: pages.flatMap(page => page.items),
    nextCursor: last.nextCursor,
  };
}
