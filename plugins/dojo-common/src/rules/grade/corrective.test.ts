import fc from 'fast-check';
import { missedSections } from './corrective';

const ORDER = ['a', 'b', 'c', 'd', 'e'];
const marks = fc.array(
  fc.record({ section: fc.constantFrom(...ORDER), right: fc.boolean() }),
  { minLength: 1, maxLength: 20 },
);

it('names nothing when all is right, and something when anything is wrong', () => {
  fc.assert(
    fc.property(marks, given => {
      const missed = missedSections(given, ORDER);
      expect(missed.length > 0).toBe(given.some(({ right }) => !right));
    }),
  );
});

it('never tells how a single item went', () => {
  fc.assert(
    fc.property(marks, given => {
      const missed = missedSections(given, ORDER);
      if (missed.length === 0) return;
      const told = given.filter(({ section }) => missed.includes(section));
      expect(told.length).toBeGreaterThanOrEqual(Math.min(3, given.length));
      const wrong = given.filter(({ right }) => !right);
      expect(wrong.every(({ section }) => missed.includes(section))).toBe(true);
    }),
  );
});

it('leaves a section that is large enough by itself', () => {
  const of = (section: string, ...rights: boolean[]) =>
    rights.map(right => ({ section, right }));
  expect(
    missedSections(
      [...of('a', true, true, true), ...of('b', false), ...of('c', true, true)],
      ORDER,
    ),
  ).toEqual(['b', 'c']);
});
