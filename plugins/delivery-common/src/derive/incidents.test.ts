import {
  suspectByWindow,
  suspectsByCause,
  type Cause,
  type SuspectDeployment,
} from './incidents';

const deployment = (
  id: string,
  finishedAt: number,
  over: Partial<SuspectDeployment> = {},
): SuspectDeployment => ({
  key: `key-${id}-${over.service ?? 'a'}`,
  source: 'ci',
  id,
  environment: 'production',
  startedAt: null,
  finishedAt,
  service: 'a',
  ...over,
});

describe('by the window', () => {
  const reached = [deployment('d2', 200), deployment('d1', 100)];

  it.each([
    [99, undefined],
    [100, 'd1'],
    [199, 'd1'],
    [200, 'd2'],
    [250, 'd2'],
    [251, undefined],
  ])('opened at %d belongs to %s', (openedAt, id) => {
    expect(suspectByWindow(openedAt, reached, 50)?.id).toBe(
      openedAt === 199 ? undefined : id,
    );
    expect(suspectByWindow(openedAt, reached, 99)?.id).toBe(
      openedAt === 251 ? 'd2' : id,
    );
  });

  it('takes the later one of those that finished together', () => {
    const together = [deployment('y', 100), deployment('x', 100)];
    expect(suspectByWindow(100, together, 0)?.id).toBe('y');
    expect(suspectByWindow(100, together.reverse(), 0)?.id).toBe('y');
  });

  it('goes by the start of a rollout, however long it takes', () => {
    const rollouts = [
      deployment('slow', 900, { startedAt: 100 }),
      deployment('quick', 210, { startedAt: 200 }),
      deployment('next', 1_000, { startedAt: 950 }),
    ];
    const at = (openedAt: number) =>
      suspectByWindow(openedAt, rollouts, 50)?.id;
    expect([99, 100, 199].map(at)).toEqual([undefined, 'slow', 'slow']);
    // It started last, until it is too long ago.
    expect([200, 260, 261].map(at)).toEqual(['quick', 'quick', 'slow']);
    expect([949, 950, 1_050, 1_051].map(at)).toEqual([
      'slow',
      'next',
      'next',
      undefined,
    ]);
  });
});

describe('by the named cause', () => {
  const toKeys = (cause: Cause<SuspectDeployment>) =>
    cause.cause === 'linked'
      ? cause.suspects.map(({ key }) => key)
      : cause.cause;
  const keys = (service: string | null, matches: SuspectDeployment[]) =>
    toKeys(suspectsByCause({ openedAt: 150, service }, matches));

  it('means the latest that started before it opened', () => {
    expect(
      keys(null, [
        deployment('d1', 100),
        deployment('d2', 120),
        deployment('d3', 151),
      ]),
    ).toEqual(['key-d2-a']);
    expect(
      keys(null, [
        deployment('d2', 120),
        deployment('d3', 160, { startedAt: 140 }),
      ]),
    ).toEqual(['key-d3-a']);
  });

  it('means the only one, whatever the clock says', () => {
    expect(keys(null, [deployment('d3', 151)])).toEqual(['key-d3-a']);
    expect(keys(null, [])).toEqual([]);
  });

  it('means none of several that had not started', () => {
    expect(keys(null, [deployment('d3', 151), deployment('d4', 160)])).toBe(
      'ambiguous',
    );
  });

  it('means all services of one id, or the one the incident names', () => {
    const both = [
      deployment('d1', 100),
      deployment('d1', 110, { service: 'b' }),
    ];
    expect(keys(null, both)).toEqual(['key-d1-a', 'key-d1-b']);
    expect(keys('a', both)).toEqual(['key-d1-a']);
    expect(keys('c', both)).toEqual(['key-d1-a', 'key-d1-b']);
  });

  it('does not take the same id of another source or environment', () => {
    expect(
      keys(null, [
        deployment('d1', 100, { source: 'other', service: 'b' }),
        deployment('d1', 110, { environment: 'prod', service: 'c' }),
        deployment('d1', 120),
      ]),
    ).toEqual(['key-d1-a']);
  });
});
