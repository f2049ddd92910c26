import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { STARTER } from './starter';

/** Most calls that are kept open; a service that calls more often is hung up on. */
const MOST_OPEN = 16;

const SOCKET = 'socket';
const PROGRAM = 'starter.mjs';

/** A call of the starter that nothing was sent down yet. */
interface OpenCall {
  socket: Socket;
  forget(): void;
}

/** Somebody who waits for the starter to call. */
interface Waiting {
  answer(socket: Socket): void;
  timer?: NodeJS.Timeout;
}

/**
 * The way to a service: its starter calls us, and each of its calls carries one
 * connection. See STARTER.
 */
export class Bridge {
  private open: OpenCall[] = [];
  private readonly waiting = new Set<Waiting>();

  private constructor(
    /** Folder with the socket and the starter, to be shown to the service. */
    readonly directory: string,
    private readonly server: Server,
  ) {
    server.on('connection', socket => this.take(socket));
  }

  /**
   * Listens in a folder of its own.
   *
   * @param below - the folder for what runs, see runFolder
   * @param uid - user that may call; undefined: whoever runs the portal
   */
  static async listen(below: string, uid?: number): Promise<Bridge> {
    const directory = await mkdtemp(join(below, 'service-'));
    const socket = join(directory, SOCKET);
    const server = createServer({ allowHalfOpen: true });
    server.listen(socket);
    await once(server, 'listening');
    await writeFile(join(directory, PROGRAM), STARTER, { mode: 0o644 });
    await chmod(socket, 0o600);
    if (uid !== undefined) {
      for (const path of [socket, directory]) await chown(path, uid, uid);
    }
    return new Bridge(directory, server);
  }

  /**
   * What to start in the sandbox.
   *
   * @param directory - the bridge's folder as it is seen there
   * @param grace - milliseconds the service has to end by itself
   */
  static command(
    directory: string,
    node: string,
    port: number,
    grace: number,
  ): string[] {
    return [
      node,
      // It needs neither much memory nor many threads.
      '--max-old-space-size=64',
      '--v8-pool-size=1',
      join(directory, PROGRAM),
      join(directory, SOCKET),
      String(port),
      String(grace),
    ];
  }

  /**
   * A connection to the service's port.
   *
   * @throws Error when the starter does not call in time
   */
  async connect(patience: number = 2_000): Promise<Socket> {
    const ready = this.open.shift();
    if (ready) {
      ready.socket.off('end', ready.forget).off('close', ready.forget);
      return ready.socket;
    }
    return new Promise<Socket>((resolve, reject) => {
      const waiting: Waiting = { answer: resolve };
      waiting.timer = setTimeout(() => {
        this.waiting.delete(waiting);
        reject(new Error('The service is not there'));
      }, patience);
      this.waiting.add(waiting);
    });
  }

  /** Hangs up, which asks the service to end. */
  async close(): Promise<void> {
    // Connections in use end with who uses them.
    this.server.close();
    for (const { socket } of this.open.splice(0)) socket.destroy();
    await rm(this.directory, { recursive: true, force: true });
  }

  private take(socket: Socket) {
    socket.on('error', () => {});
    const [waiting] = this.waiting;
    if (waiting) {
      this.waiting.delete(waiting);
      clearTimeout(waiting.timer);
      waiting.answer(socket);
    } else if (this.open.length >= MOST_OPEN) {
      socket.destroy();
    } else {
      const forget = () => {
        this.open = this.open.filter(call => call.socket !== socket);
        socket.destroy();
      };
      this.open.push({ socket, forget });
      // Nothing is said before it is asked; what is, goes unheard.
      socket.once('end', forget).once('close', forget).resume();
    }
  }
}
