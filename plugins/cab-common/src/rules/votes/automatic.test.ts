import fc from 'fast-check';
import { FACTS, type ChangeType, type RiskInputs } from '../../contract';
import { CURRENT_MODEL, replay } from '../risk';
import { BASE, GOLDEN } from '../risk/__testUtils__/facts';
import type { FactValues } from '../risk/reading';
import {
  NOT_AUTOMATIC,
  whyNotAutomatic,
  type AutomaticQuestion,
} from './automatic';

const AT = '2026-11-30T12:00:00.000Z';
const resultOf = (values: FactValues) => {
  const inputs = Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        { value, source: 'test', reference: null, observedAt: AT },
      ]),
  ) as RiskInputs;
  return replay({ modelVersion: CURRENT_MODEL, asOf: AT, inputs });
};
const ALL: Omit<AutomaticQuestion, 'result'> = {
  type: 'normal',
  unreadable: [],
  authorsKnown: true,
  owner: 'group:default/shopping',
  reviewers: ['user:default/sue'],
};
const why = (values: FactValues, more: Partial<AutomaticQuestion> = {}) =>
  whyNotAutomatic({ ...ALL, result: resultOf(values), ...more });

it('approves the leaf service fix, and none of the riskier golden vectors', () => {
  const [first, ...others] = GOLDEN;
  expect(why(first.facts)).toBeUndefined();
  for (const { facts } of others) expect(why(facts)).toBe('risk');
});

it.each<[Partial<AutomaticQuestion>, (typeof NOT_AUTOMATIC)[number]]>([
  [{ type: 'emergency' }, 'type'],
  [{ type: 'standard' }, 'type'],
  [{ type: 'policy' }, 'type'],
  [{ unreadable: ['delivery'] }, 'unknown'],
  [{ authorsKnown: false }, 'authors'],
  [{ owner: undefined }, 'owner'],
  [{ reviewers: [] }, 'review'],
])('asks a person where %j', (more, reason) => {
  expect(why(BASE, more)).toBe(reason);
});

/** The base with up to four facts as in any of the golden vectors, or forgotten. */
const facts = fc
  .tuple(
    fc.subarray([...FACTS], { maxLength: 4 }),
    fc.constantFrom(...GOLDEN),
    fc.boolean(),
  )
  .map<FactValues>(([names, other, isForgotten]) => ({
    ...BASE,
    ...Object.fromEntries(
      names.map((name, at) => [
        name,
        isForgotten && at === 0 ? undefined : other.facts[name],
      ]),
    ),
  }));

it('never approves by itself what is unknown, risky, an emergency, or nobody reviewed', () => {
  const question = fc.record({
    type: fc.constantFrom<ChangeType>('normal', 'emergency', 'standard'),
    unreadable: fc.constantFrom([], ['catalog']),
    authorsKnown: fc.boolean(),
    owner: fc.constantFrom(undefined, 'group:default/shopping'),
    reviewers: fc.constantFrom([], ['user:default/sue']),
  });
  let approved = 0;
  fc.assert(
    fc.property(facts, question, (values, more) => {
      if (why(values, more) !== undefined) return;
      approved += 1;
      const result = resultOf(values);
      expect(result.score).toBeLessThanOrEqual(25_000);
      expect(result.missing).toEqual([]);
      expect(FACTS.filter(name => values[name] === undefined)).toEqual([]);
      expect(more).toEqual({
        type: 'normal',
        unreadable: [],
        authorsKnown: true,
        owner: 'group:default/shopping',
        reviewers: ['user:default/sue'],
      });
    }),
    { numRuns: 2_000 },
  );
  // Where nothing is approved nothing was tried.
  expect(approved).toBeGreaterThan(10);
});

it('asks a person as soon as any one fact is forgotten', () => {
  for (const name of FACTS) {
    const { [name]: _forgotten, ...rest } = BASE;
    // What is critical itself matters in production alone, and the base is there.
    expect([name, why(rest)]).toEqual([
      name,
      expect.stringMatching(/^(risk|unknown)$/),
    ]);
  }
});
