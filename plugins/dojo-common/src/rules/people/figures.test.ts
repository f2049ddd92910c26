import { countOf, hiddenBecause, staysAsItWas, type Crowd } from './figures';

const DAY = 86_400_000;
const people = (from: number, to: number) =>
  new Set(Array.from({ length: to - from }, (_, n) => `p${from + n}`));
const crowd = (
  group: string,
  learners: ReadonlySet<string>,
  ...parents: string[]
): Crowd => ({ group, parents, size: learners.size + 10, learners });

describe('figures of a group', () => {
  it.each([
    [4, 'few'],
    [5, null],
  ])('of %d learners: %s', (count, why) => {
    const alone = crowd('a', people(0, count));
    expect(hiddenBecause(alone, [alone])).toBe(why);
  });

  it.each([
    ['are hidden where one is left of the group around it', 6, 'rest'],
    ['are hidden where four are left', 9, 'rest'],
    ['are shown where five are left', 10, null],
    ['are shown where nobody is left', 5, null],
  ])('%s', (_, all, why) => {
    const own = crowd('own', people(0, 5), 'around');
    expect(hiddenBecause(own, [own, crowd('around', people(0, all))])).toBe(
      why,
    );
  });

  it.each([
    [0, null],
    [1, 'rest'],
    [4, 'rest'],
    [5, null],
  ])('beside a group of %d learners: %s', (count, why) => {
    const own = crowd('own', people(0, 6), 'around');
    const beside = crowd('beside', people(20, 20 + count), 'around');
    // Enough are left, whoever is in the group beside.
    const around = crowd('around', people(0, 40));
    expect(hiddenBecause(own, [own, beside, around])).toBe(why);
  });
});

it.each([
  [4, 20, null],
  [5, 20, 5],
  [15, 20, 15],
  [16, 20, null],
  [20, 20, null],
  [5, 5, null],
  [0, 20, null],
])('%d of %d people are told as %s', (have, all, told) => {
  expect(countOf(have, all)).toBe(told);
});

describe('a figure of before', () => {
  const before = { learners: people(0, 10), erased: 0, takenAt: 0 };

  it.each([
    ['nobody came or went', 10, 0, DAY, false],
    ['one came', 11, 0, DAY, true],
    ['four came', 14, 0, DAY, true],
    ['five came', 15, 0, DAY, false],
    ['one came thirty days ago', 11, 0, 30 * DAY, false],
    ['one was erased', 10, 1, DAY, true],
    ['three came and two were erased', 13, 2, DAY, false],
  ])('where %s', (_, count, erased, now, stays) => {
    expect(staysAsItWas({ ...before, erased }, people(0, count), now)).toBe(
      stays,
    );
  });
});
