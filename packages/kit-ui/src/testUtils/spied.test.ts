import { spied } from './spied';

describe('spied', () => {
  const client = {
    get: async (key: string) => `the ${key}`,
    csv: { get: async (key: string) => `${key}\r\n` },
  };

  it('answers as before and remembers who asked what', async () => {
    const api = spied(client);
    await expect(api.get('a')).resolves.toBe('the a');
    await expect(api.csv.get('b')).resolves.toBe('b\r\n');
    expect(api.get.mock.calls).toEqual([['a']]);
    expect(api.csv.get.mock.calls).toEqual([['b']]);
  });

  it('can be told another answer, and leaves the client as it was', async () => {
    const api = spied(client);
    api.get.mockResolvedValueOnce('else');
    await expect(api.get('a')).resolves.toBe('else');
    await expect(client.get('a')).resolves.toBe('the a');
  });
});
