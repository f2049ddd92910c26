import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Log } from '../logs/log';
import { LOOPBACK } from '../ports';
import { ConfinedProgram, type ProgramEnd } from '../sandbox/confinedProgram';
import type { Limits, Sandbox } from '../sandbox/sandbox';
import type { Uids } from '../sandbox/uids';
import { Bridge } from './bridge';
import type { Children } from './children';
import type { Unhealthy } from './health';

/** A release to start. */
export interface ServiceStart {
  sandbox: Sandbox;
  /** Folder with its files and packages. */
  app: string;
  /** Variables besides where it listens; `OTEL_*` only. */
  env: Readonly<Record<string, string>>;
  limits: Limits;
  uids: Uids;
  children: Children;
  log: Log;
}

/** In a room of its own, all ports are free. */
const PORT_INSIDE = 8080;
/** How long a service has to end by itself, in milliseconds. */
const GRACE = 3_000;

/** A release that runs, and the way to it. */
export class RunningService {
  /** Why it ended; undefined while it runs. */
  exit: Unhealthy | undefined;
  /** Resolves when nothing of it is left. */
  readonly ended: Promise<Unhealthy>;

  private constructor(
    private readonly bridge: Bridge,
    private readonly program: ConfinedProgram,
    tidy: () => Promise<void>,
  ) {
    this.ended = program.ended.then(async end => {
      this.exit = exitOf(end);
      await tidy();
      return this.exit;
    });
    this.ended.catch(() => {});
  }

  /** @throws Error when it cannot be started, or not be written down */
  static async start(start: ServiceStart): Promise<RunningService> {
    const { sandbox, uids, children } = start;
    const env = checked(start.env);
    const uid = sandbox.root ? uids.take() : undefined;
    const bridge = await Bridge.listen(sandbox.folder, uid).catch(error => {
      if (uid !== undefined) uids.give(uid);
      throw error;
    });
    const tidy = async () => {
      await bridge.close();
      if (uid !== undefined) uids.give(uid);
    };
    let program: ConfinedProgram;
    try {
      const port = await portFor(sandbox);
      program = await ConfinedProgram.start(
        sandbox,
        {
          app: start.app,
          run: bridge.directory,
          env: { ...env, PORT: String(port), NODE_ENV: 'production' },
          limits: start.limits,
          uid: uid ?? 0,
          program: ({ node, run }) => Bridge.command(run, node, port, GRACE),
        },
        start.log,
      );
    } catch (error) {
      await tidy();
      throw error;
    }
    const { mark } = program;
    const service = new RunningService(bridge, program, async () => {
      await tidy();
      await children.ended(mark);
    });
    try {
      await children.started(mark);
    } catch (error) {
      await service.stop();
      throw error;
    }
    return service;
  }

  /** A connection to its port. */
  readonly connect = (): Promise<Socket> => this.bridge.connect();

  /** Asks it to end, and makes it. */
  async stop(): Promise<void> {
    await this.bridge.close();
    const late = setTimeout(() => {
      this.program.end().catch(() => {});
    }, GRACE + 1_000);
    try {
      await this.program.ended;
    } finally {
      clearTimeout(late);
    }
    await this.ended;
  }
}

function exitOf({ code, tooMany }: ProgramEnd): Unhealthy {
  return { why: tooMany ? 'limit' : 'exited', code };
}

/** Nothing of the portal's gets in by mistake. */
function checked(env: Readonly<Record<string, string>>) {
  const odd = Object.keys(env).find(name => !/^OTEL_[A-Z0-9_]+$/.test(name));
  if (odd) throw new Error(`${odd} is no variable of a service`);
  return env;
}

/** Where the network is shared, the kernel is asked for a port that is free. */
async function portFor({ isolation }: Sandbox): Promise<number> {
  if (isolation === 'bubblewrap') return PORT_INSIDE;
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
