import { ResponseError } from '@backstage/errors';

/**
 * What a client throws when a backend answers so.
 *
 * @param error - as it stands in the answer: name, message, code, params
 * @public
 */
export function refusedBy(
  status: number,
  error: Record<string, unknown>,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    Response.json({ error, response: { statusCode: status } }, { status }),
  );
}
