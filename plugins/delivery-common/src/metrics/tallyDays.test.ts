import fc from 'fast-check';
import { STAGES } from '../contract';
import { mergeTallies, toSketchTally, type Tally } from './tally';
import { tallyDays, type TallyOptions, type TallyRows } from './tallyDays';
import { tallyToJson } from './tallyJson';
import { change, deployment, ms, rowsArbitrary } from './__testUtils__/rows';

const options: TallyOptions = {
  tz: 'Europe/Berlin',
  asOf: null,
  recoveryFrom: 'finished',
};
const rowsOf = (rows: Partial<TallyRows>): TallyRows => ({
  deployments: [],
  changes: [],
  incidents: [],
  ...rows,
});
const daysOf = (rows: Partial<TallyRows>, over: Partial<TallyOptions> = {}) =>
  Object.fromEntries(
    Array.from(
      tallyDays(rowsOf(rows), { ...options, ...over }),
      ([day, it]) => [day, tallyToJson(it)],
    ),
  );
const text = (days: Map<string, Tally>) =>
  JSON.stringify(Array.from(days, ([day, it]) => [day, tallyToJson(it)]));

const at14 = '2026-03-02T14:00:00Z';

describe('tallyDays', () => {
  it('has nothing to say about nothing', () => {
    expect(daysOf({})).toEqual({});
  });

  it('counts a fact on the local day it happened', () => {
    expect(
      daysOf({
        deployments: [
          deployment('2026-03-28T22:59:59Z'),
          deployment('2026-03-28T23:00:00Z'),
          deployment('2026-03-29T21:59:59Z'),
          deployment('2026-03-29T22:00:00Z'),
        ],
      }),
    ).toEqual({
      '2026-03-28': { d: 1, r: 1 },
      '2026-03-29': { d: 2, r: 2 },
      '2026-03-30': { d: 1, r: 1 },
    });
  });

  it('lists days in order', () => {
    const days = tallyDays(
      rowsOf({
        deployments: [deployment('2026-04-01T12:00:00Z'), deployment(at14)],
      }),
      options,
    );
    expect([...days.keys()]).toEqual(['2026-03-02', '2026-04-01']);
  });

  it('tells success, rolled back and never arrived apart', () => {
    expect(
      daysOf({
        deployments: [
          deployment(at14, { factKey: 'a', gapSeconds: 60 }),
          deployment(at14, { factKey: 'b', success: false, gapSeconds: 60 }),
          deployment(at14, {
            factKey: 'c',
            success: false,
            reached: false,
            failed: true,
            rework: true,
          }),
        ],
      }),
    ).toEqual({ '2026-03-02': { d: 1, r: 2, G: [60] } });
  });

  describe('a deployment of several services', () => {
    const both = (
      a: Parameters<typeof deployment>[1],
      b: Parameters<typeof deployment>[1],
      over: Partial<TallyOptions> = {},
    ) =>
      daysOf(
        {
          deployments: [
            deployment(at14, { ...a, service: 'component:default/a' }),
            deployment(at14, { ...b, service: 'component:default/b' }),
          ],
        },
        over,
      )['2026-03-02'];

    it('counts once, its gaps for each', () => {
      expect(both({ gapSeconds: 10 }, { gapSeconds: 20 })).toEqual({
        d: 1,
        r: 1,
        G: [10, 20],
      });
    });

    it('succeeded, failed or was rework when it was so for any', () => {
      expect(both({ success: false, rework: true }, { failed: true })).toEqual({
        d: 1,
        r: 1,
        f: 1,
        w: 1,
        o: 1,
      });
    });

    it('has recovered when the last failed one has', () => {
      const recoveredAt = ms('2026-03-02T14:45:00Z');
      const earlier = ms('2026-03-02T14:10:00Z');
      expect(
        both(
          { failed: true, recoveredAt },
          { failed: true, recoveredAt: earlier },
        ),
      ).toEqual({ d: 1, r: 1, f: 1, R: [45 * 60] });
      expect(both({ failed: true, recoveredAt }, { failed: true })).toEqual({
        d: 1,
        r: 1,
        f: 1,
        o: 1,
      });
      expect(both({ failed: true, recoveredAt }, {})).toEqual({
        d: 1,
        r: 1,
        f: 1,
        R: [45 * 60],
      });
    });

    it('was detected when the first of them was', () => {
      const row = { failed: true, recoveredAt: ms('2026-03-02T15:00:00Z') };
      expect(
        both(
          { ...row, detectedAt: ms('2026-03-02T14:30:00Z') },
          { ...row, detectedAt: ms('2026-03-02T14:20:00Z') },
          { recoveryFrom: 'detected' },
        ),
      ).toMatchObject({ R: [40 * 60] });
    });
  });

  it('takes lead times per change, unknown and negative ones apart', () => {
    const merged = { mergedAt: ms('2026-03-02T13:00:00Z') };
    expect(
      daysOf({
        changes: [
          change('2026-03-02T09:00:00Z', '2026-03-02T13:15:00Z', merged),
          change('2026-03-02T13:16:00Z', '2026-03-02T13:15:00Z', merged),
          change(null, '2026-03-02T13:15:00Z', merged),
        ],
      }),
    ).toEqual({
      '2026-03-02': {
        u: 1,
        c: 1,
        t: [4 * 3600, 0, 0, 0, 900],
        L: [0, 15_300],
      },
    });
  });

  it('takes incidents on the day they opened', () => {
    expect(
      daysOf({
        incidents: [
          { openedAt: ms(at14), resolvedAt: ms('2026-03-09T14:00:00Z') },
          { openedAt: ms(at14), resolvedAt: null },
        ],
      }),
    ).toEqual({ '2026-03-02': { i: 1, I: [7 * 86_400] } });
  });

  it('shows the facts as they stood at asOf', () => {
    const asOf = ms('2026-03-02T15:00:00Z');
    const later = asOf + 1;
    expect(
      daysOf(
        {
          deployments: [
            deployment(at14, { failed: true, recoveredAt: later }),
            deployment(later),
          ],
          changes: [change(at14, later)],
          incidents: [
            { openedAt: ms(at14), resolvedAt: later },
            { openedAt: later, resolvedAt: null },
          ],
        },
        { asOf },
      ),
    ).toEqual({ '2026-03-02': { d: 1, r: 1, f: 1, o: 1, i: 1 } });
  });

  it('ends in the same bytes whatever the order of the rows', () => {
    fc.assert(
      fc.property(
        rowsArbitrary,
        fc.infiniteStream(fc.nat()),
        fc.constantFrom('UTC', 'Europe/Berlin', 'Africa/Cairo'),
        (rows, random, tz) => {
          const shuffle = <T>(list: T[]): T[] =>
            list
              .map(item => ({ item, key: random.next().value }))
              .sort((a, b) => a.key - b.key)
              .map(({ item }) => item);
          const again = {
            deployments: shuffle(rows.deployments),
            changes: shuffle(rows.changes),
            incidents: shuffle(rows.incidents),
          };
          expect(text(tallyDays(again, { ...options, tz }))).toBe(
            text(tallyDays(rows, { ...options, tz })),
          );
        },
      ),
    );
  });

  it('adds up: rates stay in 0..1, stages make the lead time', () => {
    fc.assert(
      fc.property(rowsArbitrary, rows => {
        const whole = mergeTallies(tallyDays(rows, options).values());
        const stages = STAGES.map(stage => whole.stages[stage]);
        expect(stages.reduce((a, b) => a + b, 0)).toBe(whole.lead.sum);
        expect(whole.lead.count + whole.leadUnknown).toBe(rows.changes.length);
        expect(whole.deployments).toBeLessThanOrEqual(whole.reached);
        expect(whole.failed).toBeLessThanOrEqual(whole.reached);
        expect(whole.rework).toBeLessThanOrEqual(whole.reached);
        expect(whole.recovery.count + whole.openFailures).toBe(whole.failed);
        expect(whole.restore.count + whole.openIncidents).toBe(
          rows.incidents.length,
        );
        const reached = rows.deployments.filter(row => row.reached);
        expect(whole.reached).toBe(
          new Set(reached.map(row => row.factKey)).size,
        );
      }),
    );
  });

  it('gives a wide scope as the sum of its services and what they share', () => {
    fc.assert(
      fc.property(rowsArbitrary, rows => {
        const only = (service: string) =>
          rowsOf({
            deployments: rows.deployments.filter(
              row => row.service === service,
            ),
            changes: rows.changes.filter(row => row.service === service),
          });
        const parts = ['component:default/a', 'component:default/b'].flatMap(
          service => [...tallyDays(only(service), options).values()],
        );
        const sum = mergeTallies(parts.map(toSketchTally));
        const whole = mergeTallies(
          tallyDays({ ...rows, incidents: [] }, options).values(),
        );
        expect(tallyToJson(sum).L).toEqual(tallyToJson(toSketchTally(whole)).L);
        expect(tallyToJson(sum).G).toEqual(tallyToJson(toSketchTally(whole)).G);
        const reached = rows.deployments.filter(row => row.reached);
        const shared = (keys: string[]) => keys.length - new Set(keys).size;
        const once = (service: string) => [
          ...new Set(
            reached
              .filter(row => row.service === service)
              .map(row => row.factKey),
          ),
        ];
        expect(sum.reached - whole.reached).toBe(
          shared([
            ...once('component:default/a'),
            ...once('component:default/b'),
          ]),
        );
      }),
    );
  });
});
