import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';

/** A program that leaves a mark when somebody starts it. */
export class Trap {
  readonly program: string;
  private readonly mark: string;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.program = join(directory, 'program');
    this.mark = join(directory, 'was-started');
    writeFileSync(this.program, `#!/bin/sh\necho "$0 $@" >>'${this.mark}'\n`);
    chmodSync(this.program, 0o755);
  }

  /** Whether the program was started. */
  get sprung(): boolean {
    return existsSync(this.mark);
  }
}

/** An address of this machine that counts who connects, and hangs up. */
export class Listener {
  connections = 0;
  private readonly server: Server = createServer(socket => {
    this.connections += 1;
    socket.destroy();
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}
