import {
  suspectByWindow,
  suspectsByCause,
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
});

describe('by the named cause', () => {
  const keys = (service: string | null, matches: SuspectDeployment[]) =>
    suspectsByCause({ openedAt: 150, service }, matches).map(({ key }) => key);

  it('means the latest that finished before it opened', () => {
    expect(
      keys(null, [
        deployment('d1', 100),
        deployment('d2', 120),
        deployment('d3', 151),
      ]),
    ).toEqual(['key-d2-a']);
    expect(keys(null, [deployment('d3', 151)])).toEqual([]);
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
