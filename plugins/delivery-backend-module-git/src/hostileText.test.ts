import { nextShapes, outgrows } from '@internal/hostile-text';
import { commitClaim } from './commitClaim';
import { readCursor } from './cursor';
import { withoutSecrets } from './git';
import { createLogParser } from './logParser';
import { parseRefs, releaseClaim } from './refs';

/** Whoever may push writes these; the soak goes to what git allows. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 65_536;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);

const SHA = 'a'.repeat(40);
const OTHERS = { parents: '', at: '1', email: 'a@acme.io', title: 'Mend it' };

/** A commit as git prints it, read in pieces of a pipe. */
function readLog(edits: Partial<typeof OTHERS & { path: string }>): void {
  const { parents, at, email, title, path } = {
    ...OTHERS,
    path: 'a',
    ...edits,
  };
  // Nothing git prints between NULs holds one.
  const fields = [SHA, parents, at, at, email, title, `\n${path}`].map(field =>
    field.replaceAll('\0', '0'),
  );
  const printed = Buffer.from(['', ...fields, ''].join('\0'));
  const parser = createLogParser(true);
  for (let start = 0; start < printed.length; start += 8_192) {
    for (const record of parser.push(printed.subarray(start, start + 8_192))) {
      commitClaim(record, 'github.com/acme/shop', 0);
    }
  }
  parser.end();
}

/** Tags as git prints them. */
function readTag(name: string): void {
  const line = [`refs/tags/${name}`, 'commit', SHA, '', '', '1', ''].join('\0');
  const { releases } = parseRefs(line, /^v?\d+\.\d+(\.\d+)?$/);
  const where = { repository: 'github.com/acme/shop', environment: 'live' };
  for (const release of releases) releaseClaim(release, where, 0);
}

describe('what git prints takes time in proportion to its length:', () => {
  it.each<[string, (text: string) => unknown]>([
    ['titles', title => readLog({ title })],
    ['addresses', email => readLog({ email })],
    ['times', at => readLog({ at })],
    ['parents', parents => readLog({ parents })],
    ['paths', path => readLog({ path })],
    ['tags', readTag],
    ['errors', withoutSecrets],
    ['cursors', text => readCursor({ repositories: { [text]: text } })],
  ])('%s', (_, read) => {
    const slow = nextShapes().flatMap(
      shape => outgrows(read, shape, LONGEST) ?? [],
    );
    expect(slow).toEqual([]);
  });
});
