import fc from 'fast-check';
import { placeOf, SHOWN_DAYS, stretchOf } from './stretch';

const NOW = new Date(2026, 11, 1, 15, 30);

describe('what is shown', () => {
  it('begins today, and is left and come back to by whole stretches', () => {
    const shown = stretchOf(null, NOW);
    expect(shown.day).toBe('2026-12-01');
    expect(shown.days).toHaveLength(SHOWN_DAYS);
    expect(shown.from).toEqual(new Date(2026, 11, 1));
    expect(shown.to).toEqual(new Date(2026, 11, 29));
    expect(stretchOf(shown.next, NOW).previous).toBe(shown.day);
    expect(stretchOf(shown.previous, NOW).next).toBe(shown.day);
  });

  it.each(['', 'today', '2026-02-30', '2026-13-01', '1999-01-01', '2026-1-1'])(
    'takes %j for today',
    asked => {
      expect(stretchOf(asked, NOW).day).toBe('2026-12-01');
    },
  );

  it('has days that follow each other, whatever the clocks do', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date(2000, 0, 2),
          max: new Date(2099, 11, 30),
          noInvalidDate: true,
        }),
        now => {
          const { days, from, to } = stretchOf(null, now);
          expect(days[0]).toEqual(from);
          const begins = [...days, to];
          for (const day of begins) {
            expect([day.getHours(), day.getMinutes()]).toEqual([0, 0]);
          }
          const instants = begins.map(Number);
          expect([...new Set(instants)].sort((a, b) => a - b)).toEqual(
            instants,
          );
        },
      ),
    );
  });
});

describe('where a time lies', () => {
  const shown = stretchOf('2026-12-01', NOW);
  const at = (day: number) => new Date(2026, 11, day).toISOString();

  it.each([
    ['all of it', 1, 29, { left: 0, width: 100 }],
    ['longer than all of it', -5, 40, { left: 0, width: 100 }],
    ['a quarter', 8, 15, { left: 25, width: 25 }],
    ['from before', -5, 8, { left: 0, width: 25 }],
  ])('%s', (_, from, to, place) => {
    expect(placeOf({ from: at(from), to: at(to) }, shown)).toEqual(place);
  });
});
