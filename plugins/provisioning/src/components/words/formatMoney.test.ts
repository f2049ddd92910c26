import { formatMoney } from './formatMoney';

it.each([
  [1_250, 'EUR', 'en', '€12.50'],
  [1_250, 'JPY', 'en', '¥1,250'],
  [1_250, 'KWD', 'en', 'KWD 1.250'],
])('writes %d minor units of %s', (minor, currency, locale, text) => {
  expect(formatMoney(minor, currency, locale).replace(/\s/g, ' ')).toBe(text);
});
