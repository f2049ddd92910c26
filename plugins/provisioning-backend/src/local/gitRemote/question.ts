/** What a request to the remote asks for. */
export type Operation = 'read' | 'push';

/** A request, understood. */
export interface Question {
  /** `name` or `namespace/name`, from the address; says nothing about a directory. */
  repository: string;
  service: 'git-upload-pack' | 'git-receive-pack';
  operation: Operation;
  /** The first step of both: what names there are. */
  advertisement: boolean;
}

/** What a name in an address may be: a catalog's namespace and a service's name. */
const PART = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

const PATH = new RegExp(
  `^/(${PART}(?:/${PART})?)\\.git/(info/refs|git-upload-pack|git-receive-pack)$`,
);

/**
 * Understands what git's own client asks for over http, and nothing else: no
 * file of a repository, no other spelling of a path.
 *
 * @returns the status to refuse with, when it is something else
 */
export function understand(
  method: string,
  url: string,
): Question | 404 | 405 | 403 {
  const [path, query = '', ...more] = url.split('?');
  const [, repository, action] = PATH.exec(path) ?? [];
  if (!action || more.length > 0) return 404;
  const advertisement = action === 'info/refs';
  if (method !== (advertisement ? 'GET' : 'POST')) return 405;
  const service = advertisement ? query.replace(/^service=/, '') : action;
  // Without it, it is the protocol of old that reads files.
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
    return 403;
  }
  if (!advertisement && query !== '') return 404;
  return {
    repository,
    service,
    operation: service === 'git-upload-pack' ? 'read' : 'push',
    advertisement,
  };
}

/** A user's name and password. */
export interface Credentials {
  user: string;
  password: string;
}

/**
 * Reads Basic authentication. Our tokens hold no colon, but a user is an entity
 * reference, so it is the last colon that parts them.
 */
export function readCredentials(
  header: string | undefined,
): Credentials | undefined {
  const [, encoded] =
    /^Basic ([A-Za-z0-9+/=]{1,4096})$/i.exec(header ?? '') ?? [];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.lastIndexOf(':');
  if (colon < 1) return undefined;
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
