import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STARTER } from './starter';

/** Most calls that are kept open; a service that calls more often is hung up on. */
const MOST_OPEN = 16;

const SOCKET = 'socket';
const PROGRAM = 'starter.mjs';

/**
 * The way to a service: its starter calls us, and each of its calls carries one
 * connection. See STARTER.
 */
export class Bridge {
  private readonly open: Socket[] = [];
  private readonly waiting: Array<(socket: Socket) => void> = [];

  private constructor(
    /** Folder with the socket and the starter, to be shown to the service. */
    readonly directory: string,
    private readonly server: Server,
  ) {
    server.on('connection', socket => this.take(socket));
  }

  /**
   * Listens in a folder of its own. It is a short one: the name of a socket has
   * about a hundred bytes.
   *
   * @param uid - user that may call; undefined: whoever runs the portal
   */
  static async listen(uid?: number): Promise<Bridge> {
    const directory = await mkdtemp(join(tmpdir(), 'fawkes-'));
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
    if (ready) return ready;
    return new Promise<Socket>((resolve, reject) => {
      const answer = (found: Socket) => {
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(answer), 1);
        reject(new Error('The service is not there'));
      }, patience);
      this.waiting.push(answer);
    });
  }

  /** Hangs up, which asks the service to end. */
  async close(): Promise<void> {
    // Connections in use end with who uses them.
    this.server.close();
    for (const socket of this.open.splice(0)) socket.destroy();
    await rm(this.directory, { recursive: true, force: true });
  }

  private take(socket: Socket) {
    socket.on('error', () => {});
    const waiting = this.waiting.shift();
    if (waiting) waiting(socket);
    else if (this.open.length >= MOST_OPEN) socket.destroy();
    else {
      this.open.push(socket);
      socket.once('close', () => {
        const index = this.open.indexOf(socket);
        if (index >= 0) this.open.splice(index, 1);
      });
    }
  }
}
