import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import type { Socket } from 'node:net';

/** Gives a connection to a service; see Bridge. */
export type Connect = () => Promise<Socket>;

/** Begins an HTTP request over a connection to a service. */
export function requestOver(socket: Socket, options: RequestOptions) {
  return request({ ...options, createConnection: () => socket });
}

/**
 * Asks a service for a path and takes the status for the answer.
 *
 * @param host - what it is to believe it was called by
 * @returns undefined when there is no answer in time
 */
export async function statusOf(
  connect: Connect,
  path: string,
  host: string,
  patience: number,
): Promise<number | undefined> {
  const signal = AbortSignal.timeout(patience);
  try {
    const socket = await connect();
    try {
      return await new Promise<number | undefined>((resolve, reject) => {
        requestOver(socket, { path, signal, headers: { host } })
          .on('response', (answer: IncomingMessage) =>
            resolve(answer.statusCode),
          )
          .on('error', reject)
          .end();
      });
    } finally {
      // What else it has to say is of no interest.
      socket.destroy();
    }
  } catch {
    // Not there yet, hung up, too slow, or no HTTP: no answer, for who asks.
    return undefined;
  }
}
