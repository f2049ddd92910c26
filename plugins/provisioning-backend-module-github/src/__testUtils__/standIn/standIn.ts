import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerFaults, isDescribed, requestFaults } from './description';
import { answer, ROUTES, type Answered } from './handlers';
import { GithubState } from './state';

/** The token of the stand-in; secret, and looked for where it must not be. */
export const TOKEN = 'ghs_PlantedSecret0123456789abcdefghij';

/** What goes wrong with a request. */
export type Fault =
  /** The connection breaks before anything is done, or after it is done. */
  'cut-before' | 'cut-after' | Answered;

/** What was asked of the stand-in. */
export interface Call {
  route: string;
  status: number | 'cut';
}

interface Route {
  name: string;
  method: string;
  pattern: RegExp;
  names: string[];
}

const routes = ROUTES.map((name): Route => {
  const [method, path] = name.split(' ');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, each]) => each);
  const source = path.replace(/\{\w+\}/g, '([^/]+)');
  return { name, method, pattern: new RegExp(`^${source}$`), names };
});

/**
 * A GitHub on this machine, written from GitHub's published description of its
 * API: what it is asked and what it answers is held to that. It has state, and
 * goes wrong on demand. It proves that we speak as described, not that GitHub is
 * as described.
 */
export class StandIn {
  state = new GithubState();
  calls: Call[] = [];
  /** Where description and traffic differ; empty at the end of every test. */
  faults: string[] = [];
  /** Goes wrong; undefined where all is well. */
  wrong: (route: string, index: number) => Fault | undefined = () => undefined;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      this.take(request).then(
        answered => {
          if (answered === 'cut') {
            request.socket.destroy();
            return;
          }
          const { status, body, headers } = answered;
          response.writeHead(status, {
            'content-type': 'application/json; charset=utf-8',
            ...headers,
          });
          response.end(body === undefined ? undefined : JSON.stringify(body));
        },
        error => {
          this.faults.push(String(error?.stack ?? error));
          request.socket.destroy();
        },
      );
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** All is well, and nothing is there. */
  reset(): void {
    this.state = new GithubState();
    this.calls = [];
    this.faults = [];
    this.wrong = () => undefined;
  }

  /** @throws Error telling where description and traffic differ */
  verify(): void {
    if (this.faults.length > 0) throw new Error(this.faults.join('\n'));
  }

  private async take(request: IncomingMessage): Promise<Answered | 'cut'> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url!, 'http://stand-in');
    const found = routes
      .filter(({ method }) => method === request.method)
      .map(route => ({ route, match: route.pattern.exec(url.pathname) }))
      .find(({ match }) => match);
    if (!found?.match) throw new Error(`${request.method} ${url.pathname}?`);
    const { name, names } = found.route;
    const values = found.match.slice(1).map(decodeURIComponent);
    const path = Object.fromEntries(names.map((each, i) => [each, values[i]]));
    const text = Buffer.concat(chunks).toString('utf8');
    const body = text === '' ? undefined : JSON.parse(text);
    if (!isDescribed(name)) this.faults.push(`${name} is not described`);
    this.faults.push(...requestFaults(name, url.searchParams, body));
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      return this.tell(name, {
        status: 401,
        body: { message: 'Bad credentials' },
      });
    }
    const fault = this.wrong(name, this.calls.length);
    if (fault === 'cut-before') return this.tell(name, 'cut');
    if (typeof fault === 'object') return this.tell(name, fault);
    const asked = { path, query: url.searchParams, body: body ?? {} };
    const answered = answer(name, asked, this.state);
    return this.tell(name, fault === 'cut-after' ? 'cut' : answered);
  }

  private tell(route: string, answered: Answered | 'cut') {
    const status = answered === 'cut' ? 'cut' : answered.status;
    this.calls.push({ route, status });
    if (answered !== 'cut' && answered.body !== undefined) {
      const { body } = answered;
      this.faults.push(...answerFaults(route, answered.status, body));
    }
    return answered;
  }
}
