import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import type { TestRemote } from './testRemote';

/** Whether bytes begin a request that pushes. */
export function isPush(head: string): boolean {
  return /^POST \S+\/git-receive-pack /.test(head);
}

/**
 * Something between git and its server: it may hold a push back, keep the answer
 * to it, or cut it in the middle.
 */
export function between(
  served: TestRemote,
  before?: (head: string) => Promise<void> | undefined,
  cut?: 'request' | 'answer',
): Server {
  const port = Number(new URL(served.remote.urlOf('x')).port);
  return createServer(socket => {
    const onward = connect(port, '127.0.0.1');
    for (const end of [socket, onward]) end.on('error', () => {});
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
    if (cut === 'answer') served.onTold = () => socket.destroy();
    let pushes = false;
    let turn = Promise.resolve();
    socket.on('data', chunk => {
      turn = turn.then(async () => {
        const head = chunk.toString('latin1');
        pushes = isPush(head) || (pushes && !/^(GET|POST) /.test(head));
        await before?.(head);
        if (cut === 'request' && pushes) {
          onward.write(chunk.subarray(0, chunk.length - 20));
          socket.destroy();
        } else onward.write(chunk);
      });
    });
    onward.on('data', chunk => {
      if (cut !== 'answer' || !pushes) socket.write(chunk);
    });
  });
}

export async function listen(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

export async function close(server: Server) {
  server.close();
  await once(server, 'close');
}
