import fc from 'fast-check';
import { fromCursor, toCursor, toPage } from './page';

const position = fc.record({
  at: fc.double({ noNaN: true, noDefaultInfinity: true }).map(at => at + 0),
  key: fc.stringMatching(/^[0-9a-f]{0,64}$/),
});

function outcomeOf(cursor: string): string {
  try {
    return Number.isFinite(fromCursor(cursor)?.at) ? 'a number' : 'no number';
  } catch (error) {
    return String(error);
  }
}

describe('cursors', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(position, at => {
        expect(fromCursor(toCursor(at))).toEqual({ ...at, at: at.at || 0 });
      }),
    );
  });

  it('are refused, whatever garbage they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        for (const cursor of [text, Buffer.from(text).toString('base64url')]) {
          expect(outcomeOf(cursor)).toMatch(
            /^(a number|InputError: cursor: is not one this API gave out)$/,
          );
        }
      }),
    );
  });

  it('go on after the last row of a page', () => {
    const rows = [3, 2, 1];
    const positionOf = (at: number) => ({ at, key: 'a' });
    const page = toPage(rows, 2, positionOf);
    expect(page.rows).toEqual([3, 2]);
    expect(fromCursor(page.nextCursor!)).toEqual({ at: 2, key: 'a' });
    expect(toPage(rows, 3, positionOf)).toEqual({ rows, nextCursor: null });
    expect(toPage([], 3, positionOf)).toEqual({ rows: [], nextCursor: null });
  });
});
