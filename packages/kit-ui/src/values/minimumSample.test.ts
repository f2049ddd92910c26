import { isEnough, MINIMUM_SAMPLE } from './minimumSample';

it.each([
  [0, false],
  [MINIMUM_SAMPLE - 1, false],
  [MINIMUM_SAMPLE, true],
])('%d say something about all: %s', (count, enough) => {
  expect(isEnough(count)).toBe(enough);
});

it('takes another minimum', () => {
  expect(isEnough(9, 10)).toBe(false);
});
