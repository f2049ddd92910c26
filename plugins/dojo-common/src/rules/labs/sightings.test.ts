import fc from 'fast-check';
import {
  judgeLab,
  stateOf,
  UNSEEN,
  withLook,
  type LabMarks,
  type Look,
  type Sighting,
} from './sightings';

const IDS = ['a', 'b', 'c'];
const LAB: LabMarks = {
  checks: [
    { id: 'a', points: 4, required: true },
    { id: 'b', points: 3, required: false },
    { id: 'c', points: 3, required: false },
  ],
  total: 10,
  passPercent: '70',
  simultaneous: false,
};

type Seen = Look & { check: string };

const looks = fc.array(
  fc.record({
    check: fc.constantFrom(...IDS),
    verdict: fc.constantFrom<Look['verdict']>('pass', 'fail', 'error'),
    at: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 20 },
);

function sightingsOf(seen: readonly Seen[]): Map<string, Sighting> {
  const known = new Map<string, Sighting>();
  for (const { check, verdict, at } of seen) {
    known.set(check, withLook(known.get(check) ?? UNSEEN, { verdict, at }));
  }
  return known;
}

it.each<[string, Look[], string]>([
  ['nothing seen', [], 'open'],
  ['failed', [{ verdict: 'fail', at: 1 }], 'failed'],
  ['nobody knows', [{ verdict: 'error', at: 1 }], 'unknown'],
  ['passed', [{ verdict: 'pass', at: 1 }], 'passed'],
  [
    'passed, and away since',
    [
      { verdict: 'pass', at: 1 },
      { verdict: 'fail', at: 2 },
    ],
    'passed',
  ],
  [
    'failed before it could not be asked',
    [
      { verdict: 'fail', at: 1 },
      { verdict: 'error', at: 2 },
    ],
    'unknown',
  ],
])('%s', (_, seen, state) => {
  const sighting = seen.reduce<Sighting>(
    (known, look) => withLook(known, look),
    UNSEEN,
  );
  expect(stateOf(sighting)).toBe(state);
});

it('does not mind the order of looks, nor one that comes twice', () => {
  fc.assert(
    fc.property(looks, fc.infiniteStream(fc.nat()), (seen, chance) => {
      const mixed = [...seen]
        .map(look => ({ look, rank: chance.next().value as number }))
        .sort((a, b) => a.rank - b.rank)
        .flatMap(({ look, rank }) => (rank % 2 ? [look, look] : [look]));
      expect(sightingsOf(mixed)).toEqual(sightingsOf(seen));
      expect(judgeLab(LAB, sightingsOf(mixed))).toEqual(
        judgeLab(LAB, sightingsOf(seen)),
      );
    }),
  );
});

it('takes nothing back: more looks never earn less, nor pass later', () => {
  fc.assert(
    fc.property(looks, looks, fc.boolean(), (seen, more, simultaneous) => {
      const lab = { ...LAB, simultaneous };
      const before = judgeLab(lab, sightingsOf(seen));
      const after = judgeLab(
        lab,
        sightingsOf([...seen, ...more]),
        before.passedAt,
      );
      expect(after.earned).toBeGreaterThanOrEqual(before.earned);
      if (!before.passed) return;
      expect(after.passed).toBe(true);
      expect(after.passedAt).toBeLessThanOrEqual(before.passedAt!);
    }),
  );
});

it('passes at the moment when required checks and points are together', () => {
  const pass = (check: string, at: number): Seen => ({
    check,
    verdict: 'pass',
    at,
  });
  const judge = (...seen: Seen[]) => judgeLab(LAB, sightingsOf(seen));
  expect(judge(pass('b', 1), pass('c', 2))).toMatchObject({
    earned: 6,
    passed: false,
  });
  expect(judge(pass('a', 5), pass('b', 3))).toEqual({
    earned: 7,
    passed: true,
    passedAt: 5,
  });
  expect(judge(pass('a', 5), pass('b', 3), pass('c', 9)).passedAt).toBe(5);
});

it('asks for one moment where a lab says so', () => {
  const lab = { ...LAB, simultaneous: true };
  const seen: Seen[] = [
    { check: 'a', verdict: 'pass', at: 1 },
    { check: 'b', verdict: 'fail', at: 1 },
    { check: 'a', verdict: 'fail', at: 2 },
    { check: 'b', verdict: 'pass', at: 2 },
  ];
  expect(judgeLab(lab, sightingsOf(seen))).toEqual({
    earned: 7,
    passed: false,
    passedAt: null,
  });
  const together = [...seen, { ...seen[0], at: 3 }, { ...seen[3], at: 3 }];
  expect(judgeLab(lab, sightingsOf(together)).passedAt).toBe(3);
});
