import { z } from 'zod';
import { fakeClient } from './fakeClient';
import { defineRoute } from './route';

const routes = {
  getThing: defineRoute({
    method: 'get',
    path: '/things/:key',
    summary: 'A thing',
    answer: z.object({ name: z.string() }),
    csv: true,
    who: ['user'],
    audit: 'thing',
  }),
};

describe('fakeClient', () => {
  it('answers what the test says', async () => {
    const client = fakeClient(routes, {
      getThing: async ({ key }) => ({ name: key }),
      csv: { getThing: async () => 'name\r\n' },
    });
    await expect(client.getThing({ key: 'x' })).resolves.toEqual({ name: 'x' });
    await expect(client.csv.getThing({ key: 'x' })).resolves.toBe('name\r\n');
  });

  it('refuses by name what nobody expects', async () => {
    const client = fakeClient(routes);
    await expect(client.getThing({ key: 'x' })).rejects.toThrow(
      'getThing was not expected',
    );
    await expect(client.csv.getThing({ key: 'x' })).rejects.toThrow(
      'csv.getThing was not expected',
    );
  });

  it('refuses an answer no backend would give', async () => {
    const client = fakeClient(routes, {
      getThing: (async () => ({ title: 'x' })) as never,
    });
    await expect(client.getThing({ key: 'x' })).rejects.toThrow(/name/);
  });
});
