import { coalesce } from './coalesce';

/** A refresh that ends when the test says so. */
function slowRefresh() {
  const calls: (string[] | null)[] = [];
  let finish: () => void = () => {};
  const refresh = (tags: ReadonlySet<string> | null) => {
    calls.push(tags && [...tags]);
    return new Promise<void>(resolve => {
      finish = resolve;
    });
  };
  return {
    calls,
    refresh,
    finish: async () => {
      finish();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('coalesce', () => {
  it('starts at once and gathers what comes meanwhile into one', async () => {
    const { calls, refresh, finish } = slowRefresh();
    const announce = coalesce(refresh);
    announce(['a']);
    announce(['b']);
    announce(['b', 'c']);
    expect(calls).toEqual([['a']]);

    await finish();
    expect(calls).toEqual([['a'], ['b', 'c']]);
    await finish();
    expect(calls).toHaveLength(2);
  });

  it('turns to everything when one of them is everything', async () => {
    const { calls, refresh, finish } = slowRefresh();
    const announce = coalesce(refresh);
    announce(['a']);
    announce(['b']);
    announce(null);
    announce(['c']);
    await finish();
    expect(calls).toEqual([['a'], null]);
  });

  it('starts anew after a rest', async () => {
    const { calls, refresh, finish } = slowRefresh();
    const announce = coalesce(refresh);
    announce(['a']);
    await finish();
    announce(['b']);
    expect(calls).toEqual([['a'], ['b']]);
  });
});
