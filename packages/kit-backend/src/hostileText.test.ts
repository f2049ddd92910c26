import { nextShapes, orRefused, outgrows } from '@internal/hostile-text';
import type { Request, Response } from 'express';
import { correlation } from './http/correlation';
import { readCursor } from './sql/page';

/** Headers and queries have 16 KiB at most. */
const LONGEST = 16_384;

const slowOnes = (run: (text: string) => unknown) =>
  nextShapes().flatMap(shape => outgrows(run, shape, LONGEST) ?? []);

const base64 = (text: string) => Buffer.from(text).toString('base64url');

describe('takes time in proportion to its length:', () => {
  it.each<[string, (text: string) => unknown]>([
    ['a cursor', text => readCursor(text, 'double')],
    ['what a cursor holds', text => readCursor(base64(text), 'double')],
    [
      'the key in a cursor',
      text => readCursor(base64(JSON.stringify([1, text])), 'double'),
    ],
    [
      'a correlation id',
      text =>
        correlation()(
          { header: () => text } as unknown as Request,
          { locals: {}, setHeader: () => {} } as unknown as Response,
          () => {},
        ),
    ],
  ])('%s', (_, run) => {
    expect(slowOnes(orRefused(run))).toEqual([]);
  });
});
