import {
  categoryScore,
  durationCategory,
  durationScore,
  frequencyCategory,
  frequencyScore,
  meanScore,
  rateScore,
} from './score';

const HOUR = 3_600;
const DAY = 24 * HOUR;

describe('categoryScore', () => {
  it.each([
    [1, 0],
    [2, 2],
    [3, 4],
    [3.5, 5],
    [4, 6],
    [5, 8],
    [6, 10],
  ])('category %d is %d', (category, score) => {
    expect(categoryScore(category)).toBe(score);
  });
});

describe('rateScore', () => {
  it.each([
    [0, 10],
    [0.19, 8.1],
    [0.5, 5],
    [1, 0],
    [1.2, 0],
    [-0.1, 10],
  ])('%d is %d', (rate, score) => {
    expect(rateScore(rate)).toBeCloseTo(score, 10);
  });
});

describe('durationCategory', () => {
  it.each([
    [0, 6],
    [HOUR - 1, 6],
    [HOUR, 5],
    [DAY - 1, 5],
    [DAY, 4],
    [7 * DAY - 1, 4],
    [7 * DAY, 3],
    [30 * DAY - 1, 3],
    [30 * DAY, 2],
    [180 * DAY, 2],
    [180 * DAY + 1, 1],
  ])('%d s is %d', (seconds, category) => {
    expect(durationCategory(seconds)).toBe(category);
    expect(durationScore(seconds)).toBe((category - 1) * 2);
  });
});

describe('frequencyCategory', () => {
  it.each([
    ['more than hourly', 24.01, 6],
    ['hourly', 24, 5],
    ['daily', 1, 5],
    ['not quite daily', 0.99, 4],
    ['weekly', 1 / 7, 4],
    ['not quite weekly', 0.14, 3],
    ['monthly', 1 / 30, 3],
    ['not quite monthly', 0.033, 2],
    ['half-yearly', 1 / 180, 2],
    ['not quite half-yearly', 0.0055, 1],
    ['never', 0, 1],
  ])('%s', (_, perDay, category) => {
    expect(frequencyCategory(perDay)).toBe(category);
    expect(frequencyScore(perDay)).toBe((category - 1) * 2);
  });
});

describe('meanScore', () => {
  it('of all industries in 2025 is 6.72', () => {
    expect(meanScore([5.5, 4.8, 7.4, 8.1, 7.8])).toBeCloseTo(6.72, 10);
  });

  it('leaves a missing answer out', () => {
    expect(meanScore([4, null, 8])).toBe(6);
    expect(meanScore([null])).toBeNull();
    expect(meanScore([])).toBeNull();
  });
});
