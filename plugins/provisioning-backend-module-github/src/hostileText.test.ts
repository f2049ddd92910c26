import { nextShapes, outgrows } from '@internal/hostile-text';
import { isReadable } from './api/look';
import { toldBy } from './api/text';
import { House, filesOf } from './__testUtils__/house';
import { overlay } from './effects/merged';
import { bodyOf } from './effects/proposal';
import { isMarked, marksIn } from './git/message';
import { treeId } from './git/objects';

/** GitHub takes no longer message; the soak goes beyond what is read of it. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 32_768;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

const { request } = new House();

/** Everything that people or a host write and the driver reads. */
const places: Array<[string, (text: string) => unknown]> = [
  ['what a host says', text => toldBy(text, ['ghs_secret'])],
  ['the message of a commit', text => marksIn(text)],
  ['a description', text => isMarked(text, request)],
  [
    'a path that does not go together',
    text =>
      bodyOf('update', {
        changes: [],
        tree: '',
        conflicts: [
          { path: text, reason: { code: 'x', params: {}, text: 'x' } },
        ],
      }),
  ],
  [
    'a path of a tree',
    text => {
      if (!isReadable(text)) return undefined;
      const entry = { path: text, mode: '100644', sha: 'a'.repeat(40) };
      return [treeId([entry]), overlay(filesOf({ a: 'a' }), [entry])];
    },
  ],
];

describe.each(places)('%s', (_, read) => {
  it('takes time in proportion to its length', () => {
    const slow = nextShapes().flatMap(
      shape => outgrows(text => read(text), shape, LONGEST) ?? [],
    );
    expect(slow).toEqual([]);
  });
});
