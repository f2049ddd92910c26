import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** The one address everything local listens on; cookies and addresses never say localhost. */
export const LOOPBACK = '127.0.0.1';

/**
 * Listens on the port of last time, so that what people noted down still holds;
 * where somebody else has it by now, on one the kernel gives.
 *
 * @returns the port, to be kept for next time
 */
export async function listenAgain(
  server: Server,
  port: number | undefined,
): Promise<number> {
  try {
    return await listen(server, port ?? 0);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!port || !['EADDRINUSE', 'EACCES'].includes(code)) throw error;
    return listen(server, 0);
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
