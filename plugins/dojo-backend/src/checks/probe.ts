import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
import {
  lookupOf,
  NotPublicError,
  pinnedAddress,
  type Resolve,
} from './publicAddress';

/** How long a probe may take, and how much it reads. */
export const PROBE_LIMITS = { ms: 5_000, bytes: 64 * 1024, redirects: 3 };

/** What a probe found. */
export type Probed =
  | { outcome: 'answer'; status: number; body: string; url: string }
  | { outcome: 'not-allowed' | 'private' | 'silent'; host: string }
  | { outcome: 'redirect' | 'large' | 'no-address' };

/** What is asked, and of whom. */
export interface ProbeDeps {
  /** `host` or `host:port`, as addresses have them. */
  allow: ReadonlySet<string>;
  resolve: Resolve;
  isPublic(address: string): boolean;
}

/**
 * Asks an address of somebody else as a stranger would, without cookies or
 * tokens: only hosts on the list, each of them at a public address that is
 * looked up once, within one bound of time and one of size. A redirect is an
 * address like any other.
 */
export async function probe(address: string, deps: ProbeDeps): Promise<Probed> {
  const signal = AbortSignal.timeout(PROBE_LIMITS.ms);
  let next = address;
  for (let hops = 0; hops <= PROBE_LIMITS.redirects; hops++) {
    const url = URL.canParse(next) ? new URL(next) : undefined;
    const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
    if (!url || !isWeb || url.username || url.password) {
      return { outcome: hops === 0 ? 'no-address' : 'redirect' };
    }
    if (!deps.allow.has(url.host)) {
      return hops === 0
        ? { outcome: 'not-allowed', host: url.host }
        : { outcome: 'redirect' };
    }
    const said = await ask(url, signal, deps);
    if (!('location' in said)) return said;
    next = URL.canParse(said.location, url)
      ? new URL(said.location, url).href
      : '';
  }
  return { outcome: 'redirect' };
}

async function ask(
  url: URL,
  signal: AbortSignal,
  { resolve, isPublic }: ProbeDeps,
): Promise<Probed | { location: string }> {
  const { host } = url;
  try {
    const found = pinnedAddress(url.hostname, resolve, isPublic);
    const pinned = await Promise.race([found, ended(signal)]);
    const answer = await send(url, pinned, signal);
    const { statusCode: status = 0, headers } = answer;
    if (status >= 300 && status < 400 && headers.location) {
      answer.destroy();
      return { location: headers.location };
    }
    const body = await textOf(answer);
    return body === undefined
      ? { outcome: 'large' }
      : { outcome: 'answer', status, body, url: url.href };
  } catch (error) {
    return {
      outcome: error instanceof NotPublicError ? 'private' : 'silent',
      host,
    };
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}

function send(
  url: URL,
  pinned: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    request(
      url,
      {
        // Nothing of an earlier question, and no other connection than this one.
        agent: false,
        lookup: lookupOf(pinned),
        signal,
        headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
      },
      resolve,
    )
      .on('error', reject)
      .end();
  });
}

/** The text of an answer; undefined where it is too large. */
async function textOf(answer: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    bytes += part.length;
    if (bytes > PROBE_LIMITS.bytes) {
      answer.destroy();
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
