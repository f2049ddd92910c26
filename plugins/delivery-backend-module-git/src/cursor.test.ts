import { commitsOf, readCursor, sameTips } from './cursor';

const [a, b] = ['a', 'b'].map(digit => digit.repeat(40));

describe('readCursor', () => {
  it.each([undefined, null, 7, 'x', {}, { repositories: { x: {} } }])(
    'starts from the beginning with %j',
    stored => {
      expect(readCursor(stored)).toEqual({ repositories: {} });
    },
  );

  it('reads what was stored', () => {
    const stored = {
      repositories: {
        'h.x/o/n': {
          heads: [a],
          tags: { v1: b },
          pending: { heads: [b], tags: {}, done: 7 },
        },
      },
    };
    expect(readCursor(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it('takes nothing but shas, so that nothing else reaches git', () => {
    expect(
      readCursor({ repositories: { x: { heads: ['--output=x'], tags: {} } } }),
    ).toEqual({ repositories: {} });
  });
});

describe('tips', () => {
  it('name each commit once', () => {
    expect(commitsOf({ heads: [a], tags: { v1: a, v2: b } })).toEqual([a, b]);
  });

  it.each([
    [{ heads: [a], tags: { v1: a } }, true],
    [{ heads: [b], tags: { v1: a } }, false],
    [{ heads: [a], tags: {} }, false],
    [{ heads: [a], tags: { v1: b } }, false],
    [{ heads: [a], tags: { v2: a } }, false],
  ])('are compared by name and commit: %j', (other, same) => {
    expect(sameTips({ heads: [a], tags: { v1: a } }, other)).toBe(same);
  });
});
