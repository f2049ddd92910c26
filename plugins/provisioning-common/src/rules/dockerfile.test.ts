import { leastCpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import { basesOf, isPinned, shortImage } from './dockerfile';

const DIGEST = 'a1'.repeat(32);

it.each<[string, string, string[]]>([
  ['one', 'FROM node:24\nRUN make\n', ['node:24']],
  ['none', '# from node\nRUN echo from x\n', []],
  ['a stage', 'FROM a AS build\nFROM b\nCOPY --from=build x y\n', ['a', 'b']],
  ['its own stage again', 'FROM a AS Build\nFROM build\n', ['a']],
  ['twice the same', 'FROM a AS x\nFROM a\n', ['a', 'a']],
  [
    'a platform, small letters, blanks, and Windows',
    '  from --platform=$BUILDPLATFORM\tgo:1 as b \r\nfrom\tc\r\n',
    ['go:1', 'c'],
  ],
  ['a line that goes on', 'FROM \\\n  node:24 \\\n  AS x\n', ['node:24']],
])('reads %s', (_, text, bases) => {
  expect(basesOf(text)).toEqual(bases);
});

it('reads every image that was written, whatever stands around it', () => {
  const image = fc.stringMatching(/^[a-z]{3,9}(:[0-9]{1,3})?$/);
  fc.assert(
    fc.property(fc.array(image, { maxLength: 5 }), images => {
      const text = images
        .map((name, index) => `FROM ${name} AS stage-${index}\nRUN from x\n`)
        .join('\n');
      expect(basesOf(text)).toEqual(images);
    }),
  );
});

it('takes no longer for a text made to be slow', () => {
  const text = `FROM ${'--a '.repeat(60_000)}\n${'from\t'.repeat(60_000)}`;
  const read = () => void basesOf(text);
  expect(leastCpuTimeOf(read, 2_000)).toBeLessThan(2_000);
});

it.each([
  [`node:24@sha256:${DIGEST}`, true, 'node:24@sha256:a1a1a1a1a1a1…'],
  ['node:24', false, 'node:24'],
  ['scratch', true, 'scratch'],
  ['node@sha256:a1', false, 'node@sha256:a1'],
])('%s', (image, pinned, short) => {
  expect(isPinned(image)).toBe(pinned);
  expect(shortImage(image)).toBe(short);
});
