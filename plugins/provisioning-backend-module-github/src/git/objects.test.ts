import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { blobId, treeId } from './objects';

/** Git itself says what the ids are. */
describe('ids of git', () => {
  const directory = mkdtempSync(join(tmpdir(), 'git-objects-'));
  const git = (args: string[], input: Buffer) =>
    execFileSync('git', args, {
      cwd: directory,
      input,
      env: {
        PATH: process.env.PATH,
        GIT_DIR: directory,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_INDEX_FILE: join(directory, 'index'),
      },
    })
      .toString('utf8')
      .trim();
  beforeAll(() => {
    git(['init', '--quiet', '--bare'], Buffer.alloc(0));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('are those git gives to a tree, however its names sort', () => {
    const name = fc
      .stringMatching(/^[a-z.\-0ä]{1,4}$/)
      .filter(text => !['.', '..', '.git'].includes(text));
    const path = fc.array(name, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(path, fc.string(), fc.boolean()), {
          maxLength: 8,
          selector: ([parts]) => parts.join('/'),
        }),
        files => {
          const paths = files.map(([parts]) => parts.join('/'));
          const fits = !paths.some(one =>
            paths.some(other => other.startsWith(`${one}/`)),
          );
          fc.pre(fits);
          const entries = files.map(([parts, text, executable]) => ({
            path: parts.join('/'),
            mode: executable ? '100755' : '100644',
            sha: blobId(Buffer.from(text)),
            text,
          }));
          for (const { text, sha } of entries) {
            const args = ['hash-object', '-w', '--stdin'];
            expect(git(args, Buffer.from(text))).toBe(sha);
          }
          git(['read-tree', '--empty'], Buffer.alloc(0));
          const index = entries
            .map(({ mode, sha, path: at }) => `${mode} ${sha}\t${at}\0`)
            .join('');
          git(['update-index', '-z', '--index-info'], Buffer.from(index));
          expect(git(['write-tree'], Buffer.alloc(0))).toBe(treeId(entries));
        },
      ),
      { numRuns: 25 },
    );
  });
});
