import { HOSTILE_SHAPES, outgrows } from '@internal/hostile-text';
import type { Request, Response } from 'express';
import { correlation } from './http/correlation';
import { readCursor } from './sql/page';

/** Headers and queries have 16 KiB at most. */
const LONGEST = 16_384;

const slowOnes = (run: (text: string) => unknown) =>
  HOSTILE_SHAPES.flatMap(shape => outgrows(run, shape, LONGEST) ?? []);

/** What is refused is refused with an error; elsewhere is told which. */
const orRefused = (run: (text: string) => unknown) => (text: string) => {
  try {
    run(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
};

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
