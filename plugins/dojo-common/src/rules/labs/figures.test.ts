import { isAsShown, rateAsShown } from './figures';

it.each([
  [0.0811, '8.1'],
  [0.125, '12.5'],
  [0.5, '50'],
  [0, '0'],
  [1, '100'],
])('shows %p as %p', (rate, shown) => {
  expect(rateAsShown(rate)).toBe(shown);
});

it.each<[string, string, boolean | undefined]>([
  ['8.1', '8.1', true],
  ['8,1 %', '8.1', true],
  ['8.15', '8.1', true],
  ['8.05', '8.1', true],
  ['8.1501', '8.1', false],
  ['8', '8.1', false],
  ['49.5', '50', true],
  ['50.51', '50', false],
  ['-8.1', '8.1', false],
  ['0', '0', true],
  ['about 8', '8.1', undefined],
  ['8.1 h', '8.1', undefined],
  ['', '8.1', undefined],
])('%p is read as %p: %p', (typed, shown, right) => {
  expect(isAsShown(typed, shown, '%')).toBe(right);
});
