import { ResponseError, serializeError } from '@backstage/errors';
import { refusalOf } from '../contract';
import { conflict, unprocessable } from './conflict';

/** What a client gets of an error that a backend throws. */
const overHttp = (error: Error, status: number) =>
  ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: serializeError(error),
        response: { statusCode: status },
      }),
      { status, headers: { 'Content-Type': 'application/json' } },
    ),
  );

it('tells its code, state and details over HTTP', async () => {
  const error = conflict('RUN_IN_PROGRESS', 'A run goes on', {
    state: 'running',
    details: { runId: 'r1' },
  });

  expect(error).toMatchObject({ name: 'ConflictError' });
  expect(refusalOf(await overHttp(error, 409))).toEqual({
    code: 'RUN_IN_PROGRESS',
    state: 'running',
    details: { runId: 'r1' },
  });
});

it('tells what no state would make right', async () => {
  const error = unprocessable('NOT_CONFIRMED', 'That is not the name');

  expect(error.statusCode).toBe(422);
  expect(refusalOf(await overHttp(error, 422))).toEqual({
    code: 'NOT_CONFIRMED',
    details: {},
  });
});

it.each([undefined, null, new Error('x'), { body: { error: { code: 'X' } } }])(
  'finds no refusal in %p',
  error => {
    expect(refusalOf(error)).toBeUndefined();
  },
);
