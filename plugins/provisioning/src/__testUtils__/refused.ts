import { ResponseError } from '@backstage/errors';
import type { Refusal } from '@fawkes/backstage-plugin-provisioning-common';
import { refusedBy } from '@fawkes/kit-ui/testUtils';

/** A 409 with its code. */
export function conflict(
  code: Refusal['code'],
  over: Partial<Omit<Refusal, 'code'>> = {},
): Promise<ResponseError> {
  return refusedBy(409, {
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
