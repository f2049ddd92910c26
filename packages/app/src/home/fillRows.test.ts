import { fillRows } from './fillRows';

describe('fillRows', () => {
  it.each([
    [[], []],
    [[4], [12]],
    [
      [4, 4],
      [6, 6],
    ],
    [
      [4, 4, 4],
      [4, 4, 4],
    ],
    [
      [4, 4, 4, 12, 4, 4],
      [4, 4, 4, 12, 6, 6],
    ],
    [
      [3, 4, 4],
      [4, 4, 4],
    ],
    [
      [8, 6],
      [12, 12],
    ],
  ])('%j becomes %j', (widths, filled) => {
    expect(fillRows(widths)).toEqual(filled);
  });
});
