import { leadTimeOf, recoverySecondsOf, secondsBetween } from './durations';
import { ms } from './__testUtils__/rows';

describe('secondsBetween', () => {
  it.each([
    { from: 0, to: 999, expected: 0 },
    { from: 0, to: 1_000, expected: 1 },
    { from: 1_000, to: 0, expected: -1 },
  ])('$from to $to ms is $expected s', ({ from, to, expected }) => {
    expect(secondsBetween(from, to)).toBe(expected);
  });
});

describe('leadTimeOf', () => {
  it('09:00 → 13:15 is 4 h 15 min', () => {
    const lead = leadTimeOf(
      ms('2026-03-01T09:00:00Z'),
      ms('2026-03-01T13:15:00Z'),
    );
    expect(lead).toEqual({ seconds: (4 * 60 + 15) * 60, clamped: false });
  });

  it('is 0 and marked when the start lies after the deployment', () => {
    expect(leadTimeOf(10_001, 10_000)).toEqual({ seconds: 0, clamped: true });
    expect(leadTimeOf(10_000, 10_000)).toEqual({ seconds: 0, clamped: false });
  });
});

describe('recoverySecondsOf', () => {
  const finishedAt = ms('2026-03-01T14:00:00Z');
  const detectedAt = ms('2026-03-01T14:20:00Z');
  const recoveredAt = ms('2026-03-01T14:45:00Z');

  it.each([
    ['14:00 → 14:45', 'finished', detectedAt, recoveredAt, 45 * 60],
    ['from its detection', 'detected', detectedAt, recoveredAt, 25 * 60],
    ['detection unknown', 'detected', null, recoveredAt, 45 * 60],
    ['still failed', 'finished', null, null, null],
    ['recovered before', 'finished', null, finishedAt - 5_000, 0],
  ] as const)('%s', (_, from, detected, recovered, expected) => {
    const row = { finishedAt, detectedAt: detected, recoveredAt: recovered };
    expect(recoverySecondsOf(row, from)).toBe(expected);
  });
});
