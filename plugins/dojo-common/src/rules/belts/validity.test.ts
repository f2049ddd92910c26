import { validUntil } from './validity';

describe('what holds for a period', () => {
  it.each([
    ['2026-11-30T12:00:00Z', 'P2Y', '2028-11-30T12:00:00Z'],
    ['2028-02-29T23:59:59Z', 'P2Y', '2030-02-28T23:59:59Z'],
    ['2028-02-29T00:00:00Z', 'P4Y', '2032-02-29T00:00:00Z'],
    ['2026-08-31T01:00:00Z', 'P1Y6M', '2028-02-29T01:00:00Z'],
    ['2026-12-31T01:00:00Z', 'P2M', '2027-02-28T01:00:00Z'],
    ['2026-03-28T12:00:00Z', 'P30D', '2026-04-27T12:00:00Z'],
    ['2026-01-31T12:00:00Z', 'P1M1D', '2026-03-01T12:00:00Z'],
  ])('from %s on and %s is until %s', (from, period, until) => {
    expect(validUntil(Date.parse(from), period)).toBe(Date.parse(until));
  });
});
