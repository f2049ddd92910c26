import { Octokit } from '@octokit/core';
import { RequestError } from '@octokit/request-error';
import type { Endpoints } from '@octokit/types';
import { say } from '../words';
import { LostWrite, needsPerson, Outage } from './endings';
import { guardedFetch } from './guardedFetch';
import { toldBy } from './text';

/** A route of GitHub's API, as its description writes it. */
export type Route = keyof Endpoints;

/** What was answered. What is not a success is for whoever asked to make sense of. */
export type Answer<R extends Route> =
  | { ok: true; data: Endpoints[R]['response']['data'] }
  | Refusal;

/** An answer that is no success. */
export interface Refusal {
  ok: false;
  status: number;
  /** In GitHub's words, fit to be shown. */
  message: string;
}

/** For whom something is asked. */
export interface Caller {
  /** Throws when the lease may be over; called right before each request. */
  beforeCall(): void;
  signal: AbortSignal;
  log(text: string): void;
}

/** Where to ask, and as whom. */
export interface Connection {
  /** Host name people see, e.g. github.com. */
  server: string;
  /** Organisation whose installation of the App is used. */
  owner: string;
  apiBaseUrl: string;
  /** The token of now; undefined where none is configured. */
  token(): Promise<string | undefined>;
  /** Waits; rejects when the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** How long one request may take. */
const PATIENCE_OF_A_REQUEST = 30_000;
/** How long one effect waits for GitHub to be ready again, in all. */
const PATIENCE = 5 * 60_000;
/** How often a question is asked again that got no answer. */
const MOST_TRIES = 5;

type Outcome<R extends Route> =
  | { kind: 'answer'; answer: Answer<R> }
  /** Refused for now: nothing was done, and it says when to come back. */
  | { kind: 'limited'; seconds: number; message: string }
  /** Nobody knows what was done. */
  | { kind: 'broken'; message: string };

/**
 * GitHub's API for one effect. Waits where GitHub asks for it and where it is
 * away, within the lease; never sends again what may have been done.
 */
export class GithubApi {
  /** Whether something was told of which nobody knows what became, since it was last looked at. */
  lost = false;
  private waited = 0;
  private readonly fetch: typeof fetch;
  private readonly octokit: Octokit;

  constructor(readonly connection: Connection, readonly caller: Caller) {
    const { apiBaseUrl } = connection;
    this.fetch = guardedFetch(apiBaseUrl);
    const quiet = () => {};
    this.octokit = new Octokit({
      baseUrl: apiBaseUrl,
      userAgent: 'fawkes-provisioning',
      // Octokit writes whole addresses and headers; what is worth it is logged here.
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
  }

  /**
   * Asks, or tells.
   *
   * @throws LostWrite when something was told and no answer came
   * @throws Outage when GitHub cannot be asked for longer than it is worth to wait
   * @throws what `beforeCall` throws, and the signal's reason
   */
  async call<R extends Route>(
    route: R,
    parameters: Endpoints[R]['parameters'],
  ): Promise<Answer<R>> {
    const reads = route.startsWith('GET ');
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.once(route, parameters);
      if (outcome.kind === 'answer') return outcome.answer;
      const { message } = outcome;
      if (outcome.kind === 'limited') {
        const { seconds } = outcome;
        this.caller.log(`GitHub asks to wait ${seconds} s: ${message}`);
        await this.pause(seconds * 1_000, () =>
          say('github.limited', { seconds, message }),
        );
        continue;
      }
      const reason = say('github.away', {
        server: this.connection.server,
        message,
      });
      this.caller.log(`${route} had no answer: ${message}`);
      if (!reads) throw new LostWrite(reason);
      if (attempt === MOST_TRIES) throw new Outage(reason);
      await this.pause(500 * 2 ** attempt, () => reason);
    }
  }

  /** Waits within what the lease and our patience leave. */
  async pause(
    milliseconds: number,
    impatient: () => Outage['reason'],
  ): Promise<void> {
    this.waited += milliseconds;
    if (this.waited > PATIENCE) throw new Outage(impatient());
    const { signal } = this.caller;
    try {
      await this.connection.wait(milliseconds, signal);
    } catch (error) {
      // Timers have a reason of their own for what the signal says better.
      signal.throwIfAborted();
      throw error;
    }
  }

  private async once<R extends Route>(
    route: R,
    parameters: Endpoints[R]['parameters'],
  ): Promise<Outcome<R>> {
    const { signal } = this.caller;
    const token = await this.token();
    this.caller.beforeCall();
    try {
      const response = await this.octokit.request(route as string, {
        ...parameters,
        headers: {
          accept: 'application/vnd.github+json',
          'x-github-api-version': '2022-11-28',
          authorization: `Bearer ${token}`,
        },
        request: {
          fetch: this.fetch,
          signal: AbortSignal.any([
            signal,
            AbortSignal.timeout(PATIENCE_OF_A_REQUEST),
          ]),
        },
      });
      return { kind: 'answer', answer: answerOf<R>(response) };
    } catch (error) {
      signal.throwIfAborted();
      return outcomeOf<R>(error, token);
    }
  }

  private async token(): Promise<string> {
    const { server, owner, token } = this.connection;
    let found: string | undefined;
    try {
      found = await token();
    } catch (error) {
      throw new Outage(
        say('github.credentials', {
          server,
          owner,
          message: toldBy((error as Error).message),
        }),
      );
    }
    if (!found) {
      throw needsPerson(say('github.anonymous', { server, owner }));
    }
    return found;
  }
}

function answerOf<R extends Route>(response: {
  status: number;
  data: unknown;
}): Answer<R> {
  const { status, data } = response;
  if (status < 300) {
    return { ok: true, data: data as Endpoints[R]['response']['data'] };
  }
  return { ok: false, status, message: toldBy(messageIn(data)) };
}

function outcomeOf<R extends Route>(error: unknown, token: string): Outcome<R> {
  const response = error instanceof RequestError ? error.response : undefined;
  const said = response ? messageIn(response.data) : (error as Error).message;
  const message = toldBy(said, [token]);
  if (!response) return { kind: 'broken', message };
  const { status, headers } = response;
  if (status === 429 || (status === 403 && isLimit(headers, message))) {
    return { kind: 'limited', seconds: secondsOf(headers), message };
  }
  if (status >= 500) return { kind: 'broken', message: `${status} ${message}` };
  return { kind: 'answer', answer: { ok: false, status, message } };
}

type Headers = NonNullable<RequestError['response']>['headers'];

/** A 403 also says "you may not"; only this one says "not now". */
function isLimit(headers: Headers, message: string): boolean {
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    message.includes('secondary rate limit')
  );
}

/** When to come back; GitHub's own advice is a minute where it does not say. */
function secondsOf(headers: Headers): number {
  const after = Number(headers['retry-after']);
  if (after > 0) return Math.ceil(after);
  const reset = Number(headers['x-ratelimit-reset']);
  const left = Math.ceil(reset - Date.now() / 1_000);
  return headers['x-ratelimit-remaining'] === '0' && left > 0 ? left : 60;
}

/** What GitHub says, with what it says of the fields. */
function messageIn(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  const more = Array.isArray(errors)
    ? errors.flatMap(each => {
        const said = typeof each === 'string' ? each : each?.message;
        return typeof said === 'string' ? [said] : [];
      })
    : [];
  return [message, ...more].filter(each => typeof each === 'string').join('; ');
}
