import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { generate } from 'selfsigned';

/** Serves the repositories of a directory by https, as a git host does. */
export class GitServer {
  /** Whom to trust to trust this server. Making it takes a second. */
  readonly certificate: string;
  /** How often it was asked for anything. */
  asked = 0;
  /** `user:password` it lets in; default: everybody. */
  credentials?: string;
  /** Where it sends everybody instead of answering. */
  redirectTo?: string;
  private readonly server: Server;

  constructor(private readonly root: string) {
    const { cert, private: key } = generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        keySize: 2_048,
        algorithm: 'sha256',
        extensions: [
          { name: 'basicConstraints', cA: true },
          {
            name: 'subjectAltName',
            altNames: [{ type: 2, value: 'localhost' }],
          },
        ],
      },
    );
    this.certificate = cert;
    this.server = createServer({ key, cert }, (request, response) => {
      this.answer(request, response).catch(error => response.destroy(error));
    });
  }

  async start(): Promise<void> {
    this.server.listen(0, 'localhost');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** Forgets what a test wanted of it. */
  reset() {
    this.asked = 0;
    this.credentials = undefined;
    this.redirectTo = undefined;
  }

  /** Its address of a repository. */
  url(name: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `https://localhost:${port}/${name}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, search } = new URL(request.url!, 'https://localhost');
    this.asked += 1;
    const { authorization = '' } = request.headers;
    const given = Buffer.from(authorization.slice(6), 'base64').toString();
    if (this.redirectTo) {
      const location = this.redirectTo + pathname + search;
      response.writeHead(302, { location }).end();
    } else if (this.credentials && given !== this.credentials) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    } else {
      await this.handOver(request, response, pathname, search);
    }
  }

  /** Lets git's own CGI program answer. */
  private async handOver(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    search: string,
  ) {
    const { headers } = request;
    const program = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
        REQUEST_METHOD: request.method,
        PATH_INFO: path,
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: headers['content-type'],
        HTTP_CONTENT_ENCODING: headers['content-encoding'],
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    program.stdin.end(await buffer(request));
    const answer = await buffer(program.stdout);
    const end = answer.indexOf('\r\n\r\n');
    for (const line of answer.toString('latin1', 0, end).split('\r\n')) {
      const [name, value] = line.split(': ');
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.end(answer.subarray(end + 4));
  }
}
