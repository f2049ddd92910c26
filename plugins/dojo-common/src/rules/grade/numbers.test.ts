import { leastCpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import { readNumber } from './numbers';

it.each([
  ['1234.5', '1234.5'],
  ['1 234,5', '1234.5'],
  ['1\u00a0234,5', '1234.5'],
  ['1\u202f234,5', '1234.5'],
  ["1'234.5", '1234.5'],
  ['1’234.5', '1234.5'],
  ['1.234,5', '1234.5'],
  ['1,234.5', '1234.5'],
  ['1.234.567', '1234567'],
  ['1,234', '1.234'],
  ['.25', '0.25'],
  [',25', '0.25'],
  ['+3', '3'],
  ['\u22123', '-3'],
  ['１２', '12'],
  ['1.2e3', '1200'],
  ['5e-2', '0.05'],
  ['-0', '0'],
  ['0012', '12'],
])('%j is %s', (typed, text) => {
  expect(readNumber(typed)).toMatchObject({ text, unit: '' });
});

it.each([
  '',
  ' ',
  '1_000',
  '1/2',
  '~2',
  'NaN',
  'two',
  '1.2.3',
  '1 23',
  '12,34,56',
  '1,234 567',
  '--1',
  '1e99',
  '1'.repeat(200),
  '1-2',
  '1..2',
])('%j is none', typed => {
  expect(readNumber(typed)).toBeUndefined();
});

it.each([
  ['8 %', '8', '%'],
  ['2MB', '2', 'MB'],
  ['2 Mb', '2', 'Mb'],
  ['0x10', '0', 'x10'],
])('%j has a unit', (typed, text, unit) => {
  expect(readNumber(typed)).toMatchObject({ text, unit });
});

it('reads what is written in plain, exactly', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.integer({ min: 0, max: 6 }),
      (all, places) => {
        const digits = String(all < 0n ? -all : all).padStart(places + 1, '0');
        const text = places
          ? `${digits.slice(0, -places)}.${digits.slice(-places)}`
          : digits;
        const read = readNumber(`${all < 0n ? '-' : ''}${text}`)!;
        expect(read.value.numerator * 10n ** BigInt(places)).toBe(
          all * read.value.denominator,
        );
      },
    ),
  );
});

it('reads what nobody would type as fast as what one would', () => {
  const hostile = [
    '1 '.repeat(250),
    '1.'.repeat(250),
    `${'9'.repeat(499)}x`,
    "1'".repeat(250),
  ].flatMap(typed => [typed, typed.repeat(10_000)]);
  const read = () => hostile.forEach(readNumber);
  expect(leastCpuTimeOf(read, 200)).toBeLessThan(200);
});
