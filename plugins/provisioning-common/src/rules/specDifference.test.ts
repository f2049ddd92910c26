import fc from 'fast-check';
import { specDifferenceSchema } from '../contract';
import { anySpec, normalOf, onGithub } from './__testUtils__/made';
import { normaliseSpec } from './normalise';
import {
  differenceWords,
  fixedDifferences,
  specDifference,
} from './specDifference';

const template = {
  name: 'node-api',
  version: '1.1.0',
  treeHash: 'a'.repeat(64),
};

it('lists fields by path, and what they were', () => {
  expect(
    specDifference(
      normalOf(),
      normalOf({ template, title: 'Shop', description: 'Sells' }),
    ),
  ).toEqual([
    { path: 'description', before: 'Takes payments', after: 'Sells' },
    { path: 'template.version', before: '1.0.0', after: '1.1.0' },
    { path: 'title', before: null, after: 'Shop' },
  ]);
});

it('is empty for equal specs, the same from both sides, and fits the contract', () => {
  fc.assert(
    fc.property(anySpec, anySpec, (a, b) => {
      const [one, two] = [normaliseSpec(a), normaliseSpec(b)];
      const there = specDifference(one, two);

      expect(specDifference(one, one)).toEqual([]);
      expect(
        specDifference(two, one).map(({ path, before, after }) => ({
          path,
          before: after,
          after: before,
        })),
      ).toEqual(there);
      expect(there.map(row => specDifferenceSchema.parse(row))).toEqual(there);
      expect(there.length === 0).toBe(
        JSON.stringify(one) === JSON.stringify(two),
      );
    }),
  );
});

it.each([
  ['owner', { owner: 'shop' }, true],
  ['repository', onGithub, true],
  ['type', { type: 'library' as const }, true],
  ['template', { template }, false],
  ['title', { title: 'Shop' }, false],
  ['system', { system: 'money' }, false],
  ['lifecycle', { lifecycle: 'production' as const }, false],
])('%s: no update changes it: %s', (_, other, fixed) => {
  const differences = specDifference(normalOf(), normalOf(other));

  expect(differences).not.toEqual([]);
  expect(fixedDifferences(differences)).toEqual(fixed ? differences : []);
});

it.each([
  [{ path: 'title', before: null, after: 'Shop' }, 'title becomes Shop'],
  [
    { path: 'title', before: 'Shop', after: null },
    'title was Shop and is left out',
  ],
  [{ path: 'type', before: 'api', after: 'web' }, 'type: api becomes web'],
  [
    { path: 'description', before: 'a', after: 'x'.repeat(500) },
    `description: a becomes ${'x'.repeat(79)}…`,
  ],
])('%j reads as %s', (difference, text) => {
  expect(differenceWords(difference).text).toBe(text);
});
