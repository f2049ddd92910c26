import { ResponseError } from '@backstage/errors';
import type { Refusal } from '@fawkes/backstage-plugin-provisioning-common';

/** What a client throws when the backend answers so. */
export function answered(
  status: number,
  error: Record<string, unknown>,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(JSON.stringify({ error, response: { statusCode: status } }), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  );
}

/** A 409 with its code. */
export function conflict(
  code: Refusal['code'],
  over: Partial<Omit<Refusal, 'code'>> = {},
): Promise<ResponseError> {
  return answered(409, {
    name: 'ConflictError',
    message: code,
    code,
    details: {},
    ...over,
  });
}

/** A 404 of a portal without the backend of this plugin. */
export function noSuchPlugin(): Promise<ResponseError> {
  return ResponseError.fromResponse(new Response('', { status: 404 }));
}
