import type { LoggerService } from '@backstage/backend-plugin-api';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { systemClock, type Clock } from '../clock';
import { listenAgain, LOOPBACK } from '../ports';
import {
  sendAnswer,
  sendBody,
  startHttpBackend,
  TooLarge,
  type Serving,
} from './httpBackend';
import { mark, movesBy, type Move } from './moves';
import {
  readCredentials,
  understand,
  type Credentials,
  type Operation,
} from './question';
import { sizeOf, tidyRepository } from './repository';

/** What somebody asks for. */
export interface AccessQuestion extends Credentials {
  repository: string;
  operation: Operation;
}

/** Whether they may. */
export type Access =
  | {
      allowed: true;
      /** Who it is, as events are to name them. */
      user: string;
      /** The portal itself: it alone may push branches `fawkes/*`. */
      portal?: boolean;
    }
  | {
      allowed: false;
      /**
       * Nobody is that; they may see it and no more; there is no such thing for
       * them; nobody can say at the moment.
       */
      because: 'credentials' | 'forbidden' | 'unknown' | 'away';
    };

/** A name that a push moved. */
export interface Pushed extends Move {
  repository: string;
}

/** What the remote asks of the rest of the portal. */
export interface GitRemoteOptions {
  logger: LoggerService;
  authorise(question: AccessQuestion): Promise<Access>;
  /** Where a repository is; the address says nothing about that. */
  directoryOf(repository: string): Promise<string | undefined>;
  /**
   * Told of each name a push moved, after it moved. One that a crash of ours
   * keeps from being told is found by `movesSince`.
   */
  onPushed(push: Pushed): Promise<void>;
  /** Most bytes of one push (default 100 MiB). */
  mostPushBytes?: number;
  /** Most bytes of a repository that is pushed to (default 500 MiB). */
  mostRepositoryBytes?: number;
  /** How long one answer may take, in milliseconds (default 2 minutes). */
  timeout?: number;
  clock?: Clock;
}

/** A run of git that answers somebody. */
interface Run {
  directory: string;
  pushes: boolean;
  /** Ends it, because the portal or the repository goes. */
  ending: AbortController;
  answered: Promise<void>;
}

/** Most bytes of what a client that reads says it has. */
const MOST_READ_BYTES = 16 * 1024 * 1024;
/** Most runs of git at a time. */
const MOST_RUNS = 16;

/**
 * Serves repositories to git over http on this machine, by git's own CGI
 * program: who may do what is asked of the portal, where things are is looked up
 * there, and git is given nothing of the portal's.
 */
export class GitRemote {
  private readonly server: Server;
  private readonly runs = new Set<Run>();
  private readonly clock: Clock;
  private port = 0;

  constructor(private readonly options: GitRemoteOptions) {
    const { timeout = 120_000, clock = systemClock } = options;
    this.clock = clock;
    this.server = createServer(
      { requestTimeout: timeout, headersTimeout: Math.min(timeout, 10_000) },
      (request, response) => {
        this.answer(request, response, timeout).catch(error =>
          this.fail(error, response),
        );
      },
    );
  }

  /** Listens, on the port of last time where it is free; returns the port to keep. */
  async start(port?: number): Promise<number> {
    this.port = await listenAgain(this.server, port);
    return this.port;
  }

  /** Where a repository is cloned from. Without user and password. */
  urlOf(repository: string): string {
    return `http://${LOOPBACK}:${this.port}/${repository}.git`;
  }

  /** Ends what works in a repository, and waits for it; then it may be deleted. */
  async leave(directory: string): Promise<void> {
    await this.endAll(where => where === directory);
    await tidyRepository(directory);
  }

  /** Waits until no push to it is under way: only then what is not there never came. */
  async quiet(directory: string): Promise<void> {
    const here = [...this.runs].filter(
      run => run.pushes && run.directory === directory,
    );
    await Promise.allSettled(here.map(({ answered }) => answered));
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    await this.endAll(() => true);
    this.server.closeAllConnections();
    await closed;
  }

  private async endAll(which: (directory: string) => boolean) {
    const here = [...this.runs].filter(({ directory }) => which(directory));
    for (const { ending } of here) ending.abort();
    await Promise.allSettled(here.map(({ answered }) => answered));
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    timeout: number,
  ) {
    const question = understand(request.method ?? '', request.url ?? '');
    if (typeof question === 'number') return refuse(response, question);
    const credentials = readCredentials(request.headers.authorization);
    if (!credentials) return refuse(response, 401);
    const { repository, operation } = question;
    const access = await this.options.authorise({
      ...credentials,
      repository,
      operation,
    });
    if (!access.allowed) {
      const statuses = {
        credentials: 401,
        forbidden: 403,
        unknown: 404,
        away: 503,
      };
      return refuse(response, statuses[access.because]);
    }
    const directory = await this.options.directoryOf(repository);
    if (!directory) return refuse(response, 404);
    const pushes = operation === 'push' && !question.advertisement;
    const status = await this.obstacle(request, directory, pushes);
    if (status) return refuse(response, status);

    const id = randomBytes(12).toString('hex');
    const begun = this.clock.time();
    const serving: Serving = {
      question,
      directory,
      committer: { name: 'portal', email: mark(id, access.user) },
      portal: access.portal ?? false,
      mostBytes: pushes ? this.mostPushBytes : MOST_READ_BYTES,
    };
    const ending = new AbortController();
    const answered = this.serve(serving, request, response, {
      timeout: AbortSignal.timeout(timeout),
      ending: ending.signal,
    }).finally(() =>
      pushes ? this.tell(repository, directory, id, begun) : undefined,
    );
    const run: Run = { directory, pushes, ending, answered };
    this.runs.add(run);
    try {
      await answered;
    } finally {
      this.runs.delete(run);
    }
    // Whoever pushed hears of it when the portal knows of it.
    response.end();
    return undefined;
  }

  private get mostPushBytes() {
    return this.options.mostPushBytes ?? 100 * 1024 * 1024;
  }

  /** Why git is not even started, as a status. */
  private async obstacle(
    { headers }: IncomingMessage,
    directory: string,
    pushes: boolean,
  ): Promise<number | undefined> {
    if (this.runs.size >= MOST_RUNS) return 503;
    if (!pushes) return undefined;
    // Packs are packed already; a little that unpacks to a lot is not counted.
    if (headers['content-encoding']) return 415;
    if (Number(headers['content-length'] ?? 0) > this.mostPushBytes) return 413;
    const { mostRepositoryBytes = 500 * 1024 * 1024 } = this.options;
    return (await sizeOf(directory)) > mostRepositoryBytes ? 413 : undefined;
  }

  private async serve(
    serving: Serving,
    request: IncomingMessage,
    response: ServerResponse,
    { timeout, ending }: { timeout: AbortSignal; ending: AbortSignal },
  ) {
    const left = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) left.abort();
    });
    const signal = AbortSignal.any([left.signal, timeout, ending]);
    const group = await startHttpBackend(serving, request);
    let said = '';
    group.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_096);
    });
    let failure: unknown;
    try {
      const body = sendBody(request, group, serving.mostBytes);
      const answer = sendAnswer(group, response, body, signal);
      // Who sends nothing more would be waited for otherwise.
      await Promise.race([Promise.all([body, answer]), whenAborted(signal)]);
      await Promise.race([group.ended, whenAborted(signal)]);
    } catch (error) {
      failure = error;
    }
    const { signal: killed } = await group.end();
    if (killed) await this.tidyAfter(serving.directory);
    if (!failure) return;
    const gone = request.destroyed && !request.complete;
    if (failure instanceof TooLarge) refuse(response, 413, true);
    else if (ending.aborted) refuse(response, 503);
    else if (signal.aborted || gone) response.destroy();
    else throw new Error(`${(failure as Error).message}: ${said.trim()}`);
  }

  /** What was killed may have left locks, unless somebody else's they are. */
  private async tidyAfter(where: string) {
    const here = [...this.runs].filter(({ directory }) => directory === where);
    if (here.length <= 1) await tidyRepository(where);
  }

  /** Reads back what the push moved, however it ended, and tells it. */
  private async tell(
    repository: string,
    directory: string,
    id: string,
    begun: number,
  ) {
    const { logger, onPushed } = this.options;
    try {
      for (const move of await movesBy(directory, id, begun)) {
        await onPushed({ ...move, repository });
      }
    } catch (error) {
      logger.error(`A push to ${repository} could not be told`, error as Error);
    }
  }

  private fail(error: Error, response: ServerResponse) {
    this.options.logger.error('The git remote could not answer', error);
    refuse(response, 500);
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

const REASONS: Record<number, string> = {
  401: 'Sign in with your name and a git token of the request page.',
  403: 'You may read this repository, and not push to it.',
  404: 'There is no such repository.',
  405: 'Only git is served here.',
  413: 'That is more than a repository here may hold.',
  415: 'A push is not compressed again.',
  500: 'Something went wrong; the log of the portal says what.',
  503: 'Not at the moment; try again in a few seconds.',
};

/** @param late - there is more to come, to be read and thrown away */
function refuse(
  response: ServerResponse,
  status: number,
  late: boolean = false,
): undefined {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return undefined;
  }
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-cache',
    ...(!late && { connection: 'close' }),
    ...(status === 503 && { 'retry-after': '5' }),
    ...(status === 401 && { 'www-authenticate': 'Basic realm="portal"' }),
  });
  response.end(`${REASONS[status]}\n`);
  if (late) response.req.resume();
  return undefined;
}
