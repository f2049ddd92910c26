import fc from 'fast-check';
import { arbitraryFacts, BASE } from './__testUtils__/facts';
import { reference } from './__testUtils__/reference';
import type { FactValues } from './reading';
import { RISK_MODELS } from './models';
import { blocksSubmit, needsBoard, scoreOf, shownScore } from './score';
import { waterfallOf, wouldLower } from './waterfall';

/** The soak tries 20,000 and more. */
const numRuns = Number(process.env.FAWKES_RUNS ?? 2_000);
const { model } = RISK_MODELS.get('1.0.0')!;
const score = (facts: FactValues) => scoreOf(model, facts);

describe('the engine', () => {
  it('says what the tables of the design say', () => {
    fc.assert(
      fc.property(arbitraryFacts, facts => {
        const { weighted, missing, floors, ...rest } = score(facts);
        expect({
          weighted,
          missing,
          floors: floors.map(({ id }) => id),
          score: rest.score,
          route: rest.route,
        }).toEqual(reference(facts));
      }),
      { numRuns },
    );
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(arbitraryFacts, facts => {
        const result = score(facts);
        for (const { permille } of result.factors) {
          expect(Number.isInteger(permille)).toBe(true);
          expect(permille).toBeGreaterThanOrEqual(0);
          expect(permille).toBeLessThanOrEqual(1000);
        }
        expect(result.score).toBeGreaterThanOrEqual(result.weighted);
        expect(result.score).toBeLessThanOrEqual(100_000);
      }),
      { numRuns },
    );
  });

  it('does not care for the order of facts', () => {
    fc.assert(
      fc.property(arbitraryFacts, facts => {
        const turned = Object.fromEntries(Object.entries(facts).reverse());
        expect(score(turned)).toEqual(score(facts));
      }),
      { numRuns },
    );
  });

  it('never gets less careful when a fact is forgotten', () => {
    const names = Object.keys(BASE) as Array<keyof FactValues>;
    fc.assert(
      fc.property(
        arbitraryFacts,
        fc.constantFrom(...names),
        fc.boolean(),
        (facts, name, absent) => {
          const { [name]: _gone, ...rest } = facts;
          const less = absent ? rest : { ...rest, [name]: null };
          // Outside of production a finding that is forgotten loses its floor;
          // the scan that is required there stops it when it is submitted.
          fc.pre(
            name !== 'security' ||
              facts.environment === 'production' ||
              !String(facts.security).startsWith('critical'),
          );
          fc.pre(
            name !== 'scanAgeHours' || facts.security !== 'critical-excepted',
          );
          expect(score(less).score).toBeGreaterThanOrEqual(score(facts).score);
        },
      ),
      { numRuns },
    );
  });

  it('never gets less careful when a known fact gets worse', () => {
    /** From the best to the worst. */
    const ladders: Partial<Record<keyof FactValues, unknown[]>> = {
      environment: ['dev', 'test', 'staging', 'production'],
      tier1Target: [false, true],
      changedLines: [0, 20, 21, 100, 101, 400, 401, 1_000, 1_001],
      structural: [false, true],
      tests: [
        { cases: 100, failed: 0, skipped: 0 },
        { cases: 100, failed: 0, skipped: 11 },
        { cases: 100, failed: 1, skipped: 0 },
      ],
      security: [
        'none',
        'low',
        'medium',
        'high',
        'critical-excepted',
        'critical',
      ],
      failed90d: [0, 1, 5, 20],
      rollback: [
        { strategy: 'automated', irreversible: false, rehearsedHoursAgo: 1 },
        { strategy: 'automated', irreversible: false, rehearsedHoursAgo: 721 },
        { strategy: 'manual', irreversible: false, rehearsedHoursAgo: null },
        { strategy: 'none', irreversible: false, rehearsedHoursAgo: null },
      ],
      window: ['allowed', 'business-hours', 'off-hours', 'conflict', 'freeze'],
      privileged: [false, true],
      deprecated: ['none', 'deprecated', 'end-of-life'],
      exceptionsUsed: [0, 1],
    };
    fc.assert(
      fc.property(
        arbitraryFacts,
        fc.constantFrom(...Object.entries(ladders)),
        (facts, [name, rungs]) => {
          const climbed = rungs.map(
            rung => score({ ...facts, [name]: rung } as FactValues).score,
          );
          expect(climbed).toEqual([...climbed].sort((a, b) => a - b));
        },
      ),
      { numRuns },
    );
  });

  it('turns to the next route at its cut, and not a thousandth before', () => {
    const routeAt = (milli: number) =>
      scoreOf(
        {
          ...model,
          floors: [
            { id: 'cut', milli, any: [[{ fact: 'tier1Target', isNot: true }]] },
          ],
        },
        { ...BASE, environment: 'dev' },
      );
    const routes = [
      25_000, 25_001, 50_000, 50_001, 75_000, 75_001, 100_000,
    ].map(milli => [milli, routeAt(milli).route]);
    expect(routes).toEqual([
      [25_000, 'automatic'],
      [25_001, 'peer'],
      [50_000, 'peer'],
      [50_001, 'board'],
      [75_000, 'board'],
      [75_001, 'board-major'],
      [100_000, 'board-major'],
    ]);
    expect(needsBoard(routeAt(50_000))).toBe(false);
    expect(needsBoard(routeAt(50_001))).toBe(true);
  });

  it.each([
    [0, '0.0'],
    [1, '0.1'],
    [50_000, '50.0'],
    [50_001, '50.1'],
    [55_000, '55.0'],
    [69_388, '69.4'],
    [100_000, '100.0'],
  ])('shows %i as %s', (milli, shown) => {
    expect(shownScore(milli)).toBe(shown);
  });

  it('blocks for a finding that is there, in any environment, however old the scan', () => {
    const found = { ...BASE, environment: 'dev', security: 'critical' };
    expect(blocksSubmit(model, score(found))).toBe(true);
    const old = score({ ...found, scanAgeHours: 1_000 });
    expect(blocksSubmit(model, old)).toBe(true);
    expect(old.floors).toContainEqual({
      id: 'critical',
      milli: 80_000,
      unknown: false,
      refs: [],
    });
    const unknown = score({ ...BASE, security: null });
    expect(unknown.floors).toContainEqual({
      id: 'critical',
      milli: 80_000,
      unknown: true,
      refs: [],
    });
    expect(blocksSubmit(model, unknown)).toBe(false);
  });

  it('does not ask what tier something is where it does not matter', () => {
    const { tier1Target: _gone, ...rest } = BASE;
    expect(score({ ...rest, environment: 'staging' }).missing).toEqual([]);
    expect(score(rest).missing).toEqual(['tier1Target']);
  });

  it('calls a floor unknown only for what its condition needs', () => {
    const facts = {
      ...BASE,
      tier1Target: null,
      rollback: {
        strategy: 'none',
        irreversible: false,
        rehearsedHoursAgo: null,
      },
    };
    expect(score(facts).floors).toEqual([
      { id: 'noRollbackInProduction', milli: 55_000, unknown: false, refs: [] },
    ]);
  });
});

describe('the waterfall', () => {
  it('adds up, and says what lifts the rest', () => {
    fc.assert(
      fc.property(arbitraryFacts, facts => {
        const result = score(facts);
        const { steps, lifted, deciding } = waterfallOf(model, result);
        expect(steps.at(-1)!.upTo).toBe(result.weighted);
        expect(result.weighted + lifted).toBe(result.score);
        expect(deciding.length > 0).toBe(lifted > 0);
        const told = steps.flatMap(({ missing }) => missing);
        const exceptions = result.missing.filter(
          path => path === 'exceptionsUsed',
        );
        expect([...told, ...exceptions].sort()).toEqual(result.missing);
      }),
      { numRuns: 500 },
    );
  });

  it('says what would lower the score, the best first, and promises no more than that', () => {
    const facts = { ...BASE, tests: null, window: 'off-hours' };
    expect(
      wouldLower(model, facts).map(({ id, shown, route }) => [
        id,
        shown,
        route,
      ]),
    ).toEqual([['show_tests', '15.2', 'automatic']]);
    expect(wouldLower(model, BASE).map(({ id }) => id)).toEqual(['size']);
    fc.assert(
      fc.property(arbitraryFacts, some => {
        const now = score(some).score;
        for (const lever of wouldLower(model, some)) {
          expect(lever.score).toBeLessThan(now);
        }
      }),
      { numRuns: 300 },
    );
  });
});
