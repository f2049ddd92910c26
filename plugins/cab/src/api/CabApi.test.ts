import { createCabClient } from './CabApi';

it('asks the change approval backend, and takes fetch with what it belongs to', async () => {
  const asked: string[] = [];
  const fetchApi = {
    answer: '{"items":[],"asOf":"2026-11-30T18:00:00.000Z","nextCursor":null}',
    async fetch(this: { answer: string }, url: RequestInfo | URL) {
      asked.push(String(url));
      return new Response(this.answer);
    },
  };
  const client = createCabClient({ fetchApi });
  await expect(
    client.getChanges({ entityRef: 'component:default/shop', phase: 'review' }),
  ).resolves.toMatchObject({ items: [] });
  expect(asked).toEqual([
    'plugin://cab/changes?entityRef=component%3Adefault%2Fshop&phase=review',
  ]);
});
