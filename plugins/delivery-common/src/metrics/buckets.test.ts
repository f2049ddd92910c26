import fc from 'fast-check';
import { bucketsOf, completeWeeks } from './buckets';
import { DAY_MS } from './durations';
import { resolveWindow, type BucketSize } from './window';

const now = Date.parse('2026-04-15T12:00:00Z');
const window = (
  from: string,
  to: string,
  bucket: BucketSize,
  tz = 'Europe/Berlin',
) => resolveWindow({ from, to, tz, bucket, now });

const seen = (...args: Parameters<typeof window>) =>
  bucketsOf(window(...args)).map(bucket => [
    new Date(bucket.startMs).toISOString().slice(0, 16),
    bucket.days.length,
    bucket.partial ? 'partial' : 'whole',
  ]);

describe('bucketsOf', () => {
  it('days, one of which is an hour short', () => {
    expect(seen('2026-03-28', '2026-03-31', 'day')).toEqual([
      ['2026-03-27T23:00', 1, 'whole'],
      ['2026-03-28T23:00', 1, 'whole'],
      ['2026-03-29T22:00', 1, 'whole'],
    ]);
    const [, short] = bucketsOf(window('2026-03-28', '2026-03-31', 'day'));
    expect(short.elapsedDays).toBeCloseTo(23 / 24, 10);
  });

  it('ISO weeks from Monday on, cut by the window at both ends', () => {
    // 2026-03-04 is a Wednesday, 2026-03-24 a Tuesday.
    expect(seen('2026-03-04', '2026-03-24', 'week', 'UTC')).toEqual([
      ['2026-03-04T00:00', 5, 'partial'],
      ['2026-03-09T00:00', 7, 'whole'],
      ['2026-03-16T00:00', 7, 'whole'],
      ['2026-03-23T00:00', 1, 'partial'],
    ]);
  });

  it('months, the last one cut by what is known', () => {
    expect(seen('2026-02-01', '2026-05-01', 'month', 'UTC')).toEqual([
      ['2026-02-01T00:00', 28, 'whole'],
      ['2026-03-01T00:00', 31, 'whole'],
      ['2026-04-01T00:00', 30, 'partial'],
    ]);
    const april = bucketsOf(window('2026-02-01', '2026-05-01', 'month', 'UTC'));
    expect(april[2].elapsedDays).toBe(14.5);
  });

  it('a week over New Year belongs to both years', () => {
    expect(seen('2025-12-29', '2026-01-05', 'week', 'UTC')).toEqual([
      ['2025-12-29T00:00', 7, 'whole'],
    ]);
  });

  it('cut the window without a gap or an overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * DAY_MS }),
        fc.integer({ min: 1, max: 400 * DAY_MS }),
        fc.constantFrom<BucketSize>('day', 'week', 'month'),
        fc.constantFrom('UTC', 'America/New_York', 'Africa/Cairo'),
        (before, span, bucket, tz) => {
          const fromMs = now - before;
          const asked = resolveWindow({
            from: new Date(fromMs).toISOString(),
            to: new Date(fromMs + span).toISOString(),
            tz,
            bucket,
            now,
          });
          const buckets = bucketsOf(asked);
          expect(buckets[0].startMs).toBe(asked.fromMs);
          expect(buckets[buckets.length - 1].endMs).toBe(asked.toMs);
          buckets.slice(1).forEach((next, index) => {
            expect(next.startMs).toBe(buckets[index].endMs);
          });
          expect(
            buckets.reduce((sum, { elapsedDays }) => sum + elapsedDays, 0),
          ).toBeCloseTo(asked.elapsedDays, 6);
          const days = buckets.flatMap(inside => inside.days);
          expect(new Set(days).size).toBe(days.length);
        },
      ),
    );
  });
});

describe('completeWeeks', () => {
  it('are those inside the window that are over', () => {
    const weeks = completeWeeks(window('2026-03-04', '2026-04-30', 'day'));
    expect(weeks.map(week => week.days[0])).toEqual([
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
      '2026-04-06',
    ]);
  });

  it('may be none', () => {
    expect(completeWeeks(window('2026-03-03', '2026-03-10', 'day'))).toEqual(
      [],
    );
  });
});
