import fc from 'fast-check';
import { Running } from './running';

const request = (id: string) =>
  ({ name: id, owner: 'group:default/a' } as never);

/** Services that start when they are let in, and run from then on. */
function make(limit: number) {
  const up = new Set<string>();
  const running = new Running(
    { up: async () => [...up] },
    { requestOf: async id => request(id) },
    limit,
  );
  let most = 0;
  const start = (id: string) =>
    running.admit(
      id,
      async () => {
        await new Promise(resolve => setImmediate(resolve));
        up.add(id);
        most = Math.max(most, up.size);
        return 'runs';
      },
      ({ params }) => `refused at ${params.used} of ${params.limit}`,
    );
  return { up, start, most: () => most };
}

describe('how many services run at a time', () => {
  it('is never more than may be, however many ask at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), {
          minLength: 1,
          maxLength: 20,
        }),
        async (limit, ids) => {
          const { start, up, most } = make(limit);
          await Promise.all(ids.map(start));
          expect(most()).toBe(Math.min(limit, new Set(ids).size));
          expect(up.size).toBe(most());
        },
      ),
    );
  });

  it('lets in who runs already, and whoever comes when one has stopped', async () => {
    const { start, up } = make(1);
    expect(await start('a')).toBe('runs');
    expect(await start('b')).toBe('refused at 1 of 1');
    expect(await start('a')).toBe('runs');
    up.delete('a');
    expect(await start('b')).toBe('runs');
  });

  it('forgets who was let in and failed', async () => {
    const running = new Running(
      { up: async () => [] },
      { requestOf: async id => request(id) },
      1,
    );
    const failing = running.admit(
      'a',
      async () => {
        throw new Error('It does not start');
      },
      () => undefined,
    );
    await expect(failing).rejects.toThrow('It does not start');
    expect(
      await running.admit(
        'b',
        async () => 'runs',
        () => 'refused',
      ),
    ).toBe('runs');
  });
});
