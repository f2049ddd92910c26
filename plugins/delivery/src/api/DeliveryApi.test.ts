import { createDeliveryClient } from './DeliveryApi';

describe('createDeliveryClient', () => {
  it('asks the delivery backend, and takes fetch with what it belongs to', async () => {
    const asked: string[] = [];
    const fetchApi = {
      answer: '{"removed":3}',
      async fetch(this: { answer: string }, url: RequestInfo | URL) {
        asked.push(String(url));
        return new Response(this.answer);
      },
    };
    const client = createDeliveryClient({ fetchApi });
    await expect(client.removeSource({ id: 'git/eu' })).resolves.toEqual({
      removed: 3,
    });
    await client.csv.getMetricsBy({ groupBy: 'team' });
    expect(asked).toEqual([
      'plugin://delivery/sources/git%2Feu/facts',
      'plugin://delivery/metrics/by?groupBy=team',
    ]);
  });
});
