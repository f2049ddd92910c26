import { flatten } from './pages';

it('makes one list of pages: newest head, all items, the last cursor', () => {
  const page = (items: number[], nextCursor: string | null, asOf: string) => ({
    items,
    nextCursor,
    asOf,
  });
  expect(
    flatten({
      pages: [page([1, 2], 'b', 'now'), page([3], null, 'before')],
      pageParams: [undefined, 'b'],
    }),
  ).toEqual({ items: [1, 2, 3], nextCursor: null, asOf: 'now' });
});
