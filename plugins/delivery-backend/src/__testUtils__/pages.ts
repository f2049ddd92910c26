/** A page of a list, as every list route answers it. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * Follows a list to its end and gives all its items.
 *
 * @param read - reads a page; gets `&cursor=…`, or nothing for the first one
 * @param most - pages after which following was in vain
 */
export async function walkPages<T>(
  read: (cursor: string) => Promise<Page<T>>,
  most: number,
): Promise<T[]> {
  const items: T[] = [];
  let cursor = '';
  for (let pages = 0; pages <= most; pages++) {
    const page = await read(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = `&cursor=${page.nextCursor}`;
  }
  throw new Error(`There were more than ${most} pages`);
}
