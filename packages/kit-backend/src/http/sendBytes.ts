import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Bytes to be answered as they were kept, piece by piece. @public */
export class KeptBytes {
  constructor(
    /** How many there are. */
    readonly size: number,
    /** What a browser calls the file. */
    readonly fileName: string,
    /** The pieces in their order. */
    readonly chunks: AsyncIterable<Uint8Array>,
  ) {}
}

/** No browser opens what a stranger attached: it is kept as a file. */
export async function sendBytes(
  response: Response,
  { size, fileName, chunks }: KeptBytes,
): Promise<void> {
  response.status(200).set({
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(size),
    'Content-Disposition': `attachment; filename="${fileName.replace(
      /[^\w.-]/g,
      '_',
    )}"`,
    'Content-Security-Policy': 'sandbox',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  });
  await pipeline(Readable.from(chunks, { objectMode: false }), response);
}
