import fc from 'fast-check';
import { fraction } from '../grade/marks';
import { evaluateRule, type Fact } from './evaluate';
import type { Rule } from './rule';

const ids = fc.constantFrom('a', 'b', 'c');
const small = fc.integer({ min: 0, max: 4 });
const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>(tie => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ belt: ids }),
    fc.record({ modules: fc.array(ids, { minLength: 1, maxLength: 3 }) }),
    fc.record({
      labs: fc.array(ids, { minLength: 1, maxLength: 2 }),
      minAssurance: fc.constantFrom('self-reported', 'attested', 'observed'),
    }) as fc.Arbitrary<Rule>,
    fc.record({
      exam: ids,
      points: small.map(String),
      components: fc.dictionary(ids, small.map(String), { maxKeys: 2 }),
    }) as fc.Arbitrary<Rule>,
    fc.record({
      count: ids,
      min: small.map(String),
      where: fc.dictionary(ids, ids, { maxKeys: 1 }),
    }) as fc.Arbitrary<Rule>,
    fc.record({
      all: fc.array(tie('rule'), { maxLength: 3 }),
    }) as fc.Arbitrary<Rule>,
    fc.record({
      any: fc.array(tie('rule'), { maxLength: 3 }),
    }) as fc.Arbitrary<Rule>,
  ),
})).rule;
const at = fc.integer({ min: 0, max: 20 });
const positive = fc.oneof(
  fc.record({ kind: fc.constant('completion' as const), at, module: ids }),
  fc.record({
    kind: fc.constant('lab' as const),
    at,
    lab: ids,
    assurance: fc.constantFrom(
      'self-reported' as const,
      'attested' as const,
      'observed' as const,
    ),
  }),
  fc.record({
    kind: fc.constant('exam' as const),
    at,
    exam: ids,
    part: ids,
    // Thirds and halves: what adds up is exact.
    points: fc
      .tuple(small, fc.integer({ min: 1, max: 3 }))
      .map(([n, d]) => fraction(n, d)),
  }),
  fc.record({
    kind: fc.constant('award' as const),
    at,
    belt: ids,
    generation: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('counted' as const),
    at,
    type: ids,
    key: ids,
    fields: fc.dictionary(ids, ids, { maxKeys: 1 }),
  }),
) as fc.Arbitrary<Fact>;
const revocation = fc.record({
  kind: fc.constant('revocation' as const),
  at,
  belt: ids,
  generation: fc.integer({ min: 1, max: 2 }),
}) as fc.Arbitrary<Fact>;
const positives = fc.array(positive, { maxLength: 15 });
const facts = fc.array(fc.oneof(positive, revocation), { maxLength: 15 });

describe('a rule', () => {
  it('lacks nothing exactly when it holds', () => {
    fc.assert(
      fc.property(rule, facts, at, (given, known, now) => {
        const { satisfied, missing } = evaluateRule(given, known, now);
        expect(missing.length === 0).toBe(satisfied);
      }),
    );
  });

  it('holds on with more facts and later', () => {
    fc.assert(
      fc.property(
        rule,
        positives,
        positives,
        at,
        at,
        (given, known, more, now, later) => {
          if (!evaluateRule(given, known, now).satisfied) return;
          expect(
            evaluateRule(given, [...known, ...more], now + later).satisfied,
          ).toBe(true);
        },
      ),
    );
  });

  it('does not care about the order of facts', () => {
    fc.assert(
      fc.property(
        rule,
        facts.chain(known =>
          fc.tuple(
            fc.constant(known),
            fc.shuffledSubarray(known, { minLength: known.length }),
          ),
        ),
        at,
        (given, [known, mixed], now) => {
          expect(evaluateRule(given, mixed, now)).toEqual(
            evaluateRule(given, known, now),
          );
        },
      ),
    );
  });

  it('does not care how often a fact is told', () => {
    fc.assert(
      fc.property(rule, facts, at, (given, known, now) => {
        expect(evaluateRule(given, [...known, ...known], now)).toEqual(
          evaluateRule(given, known, now),
        );
      }),
    );
  });

  it('says each thing that is missing once', () => {
    fc.assert(
      fc.property(rule, facts, at, (given, known, now) => {
        const { missing } = evaluateRule(given, known, now);
        const keys = missing.map(({ kind, id, ways }) =>
          JSON.stringify([kind, id, ways]),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('does not know what comes later, and knows what is exactly now', () => {
    const done: Fact = { kind: 'completion', at: 5, module: 'a' };
    expect(evaluateRule({ modules: ['a'] }, [done], 4).satisfied).toBe(false);
    expect(evaluateRule({ modules: ['a'] }, [done], 5).satisfied).toBe(true);
  });

  it('says what there is and what is needed', () => {
    const known: Fact[] = [
      { kind: 'exam', at: 1, exam: 'e', part: 'written', points: fraction(60) },
      { kind: 'exam', at: 2, exam: 'e', part: 'written', points: fraction(50) },
      {
        kind: 'counted',
        at: 1,
        type: 'pipeline',
        key: '1',
        fields: { language: 'java', clean: 'yes' },
      },
      {
        kind: 'counted',
        at: 1,
        type: 'pipeline',
        key: '2',
        fields: { language: 'java', fast: 'yes' },
      },
    ];
    expect(
      evaluateRule(
        {
          all: [
            { exam: 'e', points: '80', components: { written: '65' } },
            // Fast in one run and clean in another is neither.
            {
              count: 'pipeline',
              id: 'java',
              min: '1',
              where: { clean: 'yes', fast: 'yes' },
            },
            { any: [{ belt: 'white' }, { modules: ['m'] }] },
            { any: [] },
          ],
        },
        known,
        9,
      ).missing,
    ).toEqual([
      { kind: 'exam', id: 'e', have: 60, need: 80 },
      { kind: 'component', id: 'e/written', have: 60, need: 65 },
      { kind: 'count', id: 'java', have: 0, need: 1 },
      {
        kind: 'any',
        id: 'any',
        ways: [[{ kind: 'belt', id: 'white' }], [{ kind: 'module', id: 'm' }]],
      },
      { kind: 'impossible', id: 'any' },
    ]);
  });

  it('takes a belt back by its generation only, whichever is read first', () => {
    const award = (generation: number): Fact => ({
      kind: 'award',
      at: 1,
      belt: 'white',
      generation,
    });
    const revoked: Fact = {
      kind: 'revocation',
      at: 1,
      belt: 'white',
      generation: 1,
    };
    const holds = (...known: Fact[]) =>
      evaluateRule({ belt: 'white' }, known, 2).satisfied;
    expect(holds(award(1), revoked)).toBe(false);
    expect(holds(revoked, award(1))).toBe(false);
    expect(holds(revoked, award(2))).toBe(true);
  });
});
