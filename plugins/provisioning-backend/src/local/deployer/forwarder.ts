import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock';
import { listenAgain, LOOPBACK } from '../ports';
import { requestOver, type Connect } from './callService';

/** Between two ends of a connection, and not for who is beyond. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The address of a service: one port of this machine, whatever release serves
 * it. A release is switched to between two calls.
 */
export class Forwarder {
  /** When it was called last, of the clock. */
  lastCall: number;
  private target: Connect | undefined;
  /** Calls under way, each with the release that answers it. */
  private readonly underWay = new Map<Promise<void>, Connect>();
  private sorry = 'The service does not run.';
  private port = 0;
  private readonly server: Server;

  constructor(private readonly clock: Clock) {
    this.lastCall = clock.now();
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  /** Listens, on the port of last time where it is free; returns the port to keep. */
  async start(port?: number): Promise<number> {
    this.port = await listenAgain(this.server, port);
    return this.port;
  }

  /** What people open, and what a call has to name as its host. */
  get address(): string {
    return `http://${this.host}`;
  }

  /** The address without its protocol. */
  get host(): string {
    return `${LOOPBACK}:${this.port}`;
  }

  /** Calls the address, as everybody does. */
  readonly connect: Connect = async () => {
    const socket = connect(this.port, LOOPBACK);
    await once(socket, 'connect');
    return socket;
  };

  /** Serves a release from now on. */
  switchTo(target: Connect): void {
    this.target = target;
    this.lastCall = this.clock.now();
  }

  /**
   * Serves nobody any more.
   *
   * @param sorry - what whoever calls is told
   */
  detach(sorry: string): void {
    this.target = undefined;
    this.sorry = sorry;
  }

  /** Waits for calls that a release still answers, but not for ever. */
  async drained(target: Connect, patience: number): Promise<void> {
    const left = [...this.underWay].filter(
      ([, answering]) => answering === target,
    );
    const calls = Promise.allSettled(left.map(([call]) => call));
    const enough = new AbortController();
    await Promise.race([
      calls,
      this.clock.sleep(patience, enough.signal).catch(() => {}),
    ]);
    enough.abort(new Error('Drained'));
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    // A page elsewhere may have its own name point at this machine.
    if (request.headers.host !== this.host) {
      return tell(response, 421, `This is ${this.address}, by that name only.`);
    }
    if (!request.url?.startsWith('/')) return tell(response, 400, 'A path.');
    this.lastCall = this.clock.now();
    const { target } = this;
    if (!target) return tell(response, 503, this.sorry);
    const call = forward(target, request, response);
    this.underWay.set(call, target);
    return call.finally(() => this.underWay.delete(call));
  }
}

async function forward(
  target: Connect,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let socket: Socket;
  try {
    socket = await target();
  } catch {
    tell(response, 503, 'The service does not answer.');
    return;
  }
  const onward = requestOver(socket, {
    method: request.method,
    path: request.url,
    headers: endToEnd(request.headers),
  });
  response.once('close', () => socket.destroy());
  const answered = once(onward, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {});
  // A service may answer before it has read everything.
  pipeline(request, onward).catch(() => {});
  let answer: IncomingMessage;
  try {
    [answer] = await answered;
  } catch {
    tell(response, 502, 'The service hung up.');
    return;
  }
  response.writeHead(answer.statusCode ?? 502, withoutHops(answer.rawHeaders));
  await pipeline(answer, response);
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !HOP_BY_HOP.has(name) && !named.includes(name),
    ),
  );
}

/** Names and values in turn, as they came: a cookie may be set twice. */
function withoutHops(raw: readonly string[]): string[] {
  return raw.filter(
    (_, index) => !HOP_BY_HOP.has(raw[index - (index % 2)].toLowerCase()),
  );
}

function tell(response: ServerResponse, status: number, words: string) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`${words}\n`);
}
