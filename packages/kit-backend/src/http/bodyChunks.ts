import type { Request } from 'express';
import { PayloadTooLargeError } from './errors';

/**
 * The body of a streamed route as it comes, in pieces of one size; the last may be
 * shorter. No more than a piece is held, however long the body is.
 *
 * @throws PayloadTooLargeError as soon as there are more bytes than may be
 * @public
 */
export async function* bodyChunks(
  request: Request,
  { limit, size }: { limit: number; size: number },
): AsyncGenerator<Buffer> {
  let chunk = Buffer.allocUnsafe(size);
  let filled = 0;
  let all = 0;
  for await (const part of request) {
    const bytes: Buffer = part;
    all += bytes.length;
    if (all > limit) {
      throw new PayloadTooLargeError(
        `The body may hold at most ${limit} bytes; this one has more`,
      );
    }
    for (let at = 0; at < bytes.length; ) {
      const taken = bytes.copy(chunk, filled, at);
      filled += taken;
      at += taken;
      if (filled < size) continue;
      yield chunk;
      chunk = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
