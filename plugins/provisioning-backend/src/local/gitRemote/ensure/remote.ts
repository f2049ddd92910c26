import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Credentials } from '../question';

/** A repository that git reaches over http. */
export interface RemoteRepository {
  /** Without user and password. */
  url: string;
  credentials: Credentials;
}

/** What a repository's server says before anything is done. */
export type Reachable =
  | 'ok'
  /** There is none, or none that we may see. */
  | 'gone'
  /** We may not push to it. */
  | 'forbidden'
  /** It lives elsewhere now; what is elsewhere is somebody else's. */
  | 'moved';

const PATIENCE = 15_000;

/**
 * Asks the server whether we may push. Git asks the same, but its words differ
 * from version to version; a status does not.
 *
 * @throws Error when it does not answer, or not as a git server does
 */
export async function askRemote(
  remote: RemoteRepository,
  signal?: AbortSignal,
): Promise<Reachable> {
  const status = await statusOf(remote, signal);
  if (status === 200) return 'ok';
  if (status === 404 || status === 410) return 'gone';
  if (status === 401 || status === 403) return 'forbidden';
  if (status >= 300 && status < 400) return 'moved';
  throw new Error(`The git server answered ${status}`);
}

function statusOf(
  { url, credentials }: RemoteRepository,
  signal?: AbortSignal,
): Promise<number> {
  const request = protocolOf(url) === 'https' ? httpsRequest : httpRequest;
  const patience = AbortSignal.timeout(PATIENCE);
  return new Promise((resolve, reject) => {
    request(`${url}/info/refs?service=git-receive-pack`, {
      headers: { authorization: basic(credentials) },
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      agent: false,
    })
      .on('response', response => {
        // Its words are of no interest.
        response.destroy();
        resolve(response.statusCode ?? 0);
      })
      .on('error', reject)
      .end();
  });
}

/** The protocol git is to use for an address. */
export function protocolOf(url: string): 'http' | 'https' {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return 'https';
  if (protocol === 'http:' && hostname === '127.0.0.1') return 'http';
  throw new Error('A password is sent by https, or to this machine only');
}

/** Variables that give git the password: its arguments are in every process list. */
export function credentialEnv({
  url,
  credentials,
}: RemoteRepository): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: ${basic(credentials)}`,
  };
}

function basic({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
