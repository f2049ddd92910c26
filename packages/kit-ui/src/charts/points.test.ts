import { greatest, lastKnown, partialKey, splitPartial } from './points';

const series = [
  { key: 'p50', label: 'half', colour: 'c', values: [1, null, 3, 4] },
];
const points = [false, false, false, true].map((partial, index) => ({
  key: String(index),
  label: `w${index}`,
  partial,
}));

describe('splitPartial', () => {
  it('joins what is complete, and lets the partial end stand alone', () => {
    const data = splitPartial(points, series);
    expect(data.map(datum => datum.p50)).toEqual([1, null, 3, null]);
    expect(data.map(datum => datum[partialKey('p50')])).toEqual([
      null,
      null,
      null,
      4,
    ]);
  });

  it('has nothing partial when everything is complete', () => {
    const data = splitPartial(
      points.map(point => ({ ...point, partial: false })),
      series,
    );
    expect(data.map(datum => datum.p50)).toEqual([1, null, 3, 4]);
    expect(data.every(datum => datum[partialKey('p50')] === null)).toBe(true);
  });
});

it('finds the greatest and the last known value', () => {
  expect(greatest(series)).toBe(4);
  expect(greatest([])).toBe(0);
  expect(lastKnown([1, 2, null])).toBe(1);
  expect(lastKnown([null])).toBe(-1);
});
