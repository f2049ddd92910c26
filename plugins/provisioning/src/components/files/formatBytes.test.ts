import { formatBytes } from './formatBytes';

it.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1_400, '1.4 kB'],
  [20_000_000, '20 MB'],
  [5_000_000_000_000, '5,000 GB'],
])('says %d as %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en').replace(/\s/g, ' ')).toBe(text);
});
