import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { ProcessGroup } from '../processes/processGroup';
import { gitEnvironment, gitOptions } from './git';
import { OURS } from './names';
import type { Question } from './question';

/** Longest head that git's CGI program may answer with. */
const MOST_HEAD = 64 * 1024;

/** What people may not push: anything but branches and tags, and branches of ours. */
const PEOPLE = [
  'receive.hideRefs=refs',
  'receive.hideRefs=!refs/heads',
  'receive.hideRefs=!refs/tags',
  `receive.hideRefs=${OURS}`,
];

/** What holds of every push. Names neither go back nor go away. */
function rules(portal: boolean): string[] {
  return [
    'http.getanyfile=false',
    'http.receivepack=true',
    'http.uploadpack=true',
    'receive.autogc=false',
    'receive.denyDeletes=true',
    'receive.denyNonFastForwards=true',
    'receive.fsckObjects=true',
    'repack.writeBitmaps=false',
    ...(portal ? [] : PEOPLE),
  ];
}

/** A request that may be answered. */
export interface Serving {
  question: Question;
  directory: string;
  /** Who moves names, as the reflog is to say it. */
  committer: { name: string; email: string };
  /** Whether it is the portal itself that pushes. */
  portal: boolean;
  /** Most bytes of a request. */
  mostBytes: number;
}

/** Starts git's own CGI program for a request. */
export function startHttpBackend(
  { question, directory, committer, portal }: Serving,
  request: IncomingMessage,
): Promise<ProcessGroup> {
  const { headers } = request;
  const action = question.advertisement ? 'info/refs' : question.service;
  const optional = {
    CONTENT_TYPE: headers['content-type'],
    CONTENT_LENGTH: headers['content-length'],
    HTTP_CONTENT_ENCODING: headers['content-encoding'],
    GIT_PROTOCOL: protocolOf(headers['git-protocol']),
  };
  return ProcessGroup.start(
    {
      file: 'git',
      args: [...gitOptions(rules(portal)), 'http-backend'],
      cwd: directory,
      env: {
        ...gitEnvironment(directory),
        GIT_PROJECT_ROOT: dirname(directory),
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: `/${basename(directory)}/${action}`,
        REQUEST_METHOD: question.advertisement ? 'GET' : 'POST',
        QUERY_STRING: question.advertisement
          ? `service=${question.service}`
          : '',
        REMOTE_USER: 'portal',
        REMOTE_ADDR: '127.0.0.1',
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        ...Object.fromEntries(
          Object.entries(optional).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, value]],
          ),
        ),
      },
    },
    'pipe',
  );
}

function protocolOf(header: string | string[] | undefined) {
  return typeof header === 'string' && /^version=[0-2]$/.test(header)
    ? header
    : undefined;
}

/** A request that is larger than it may be. */
export class TooLarge extends Error {}

/**
 * Hands the body to git as fast as git takes it, and counts: git itself refuses
 * what is too large only after all of it has come. The request stays open, so
 * that there is still somebody to be told.
 *
 * @throws TooLarge
 */
export async function sendBody(
  request: IncomingMessage,
  group: ProcessGroup,
  mostBytes: number,
): Promise<void> {
  // Git may have its answer before it has read everything.
  const enough = new AbortController();
  const { stdin } = group;
  stdin.on('error', () => {}).once('close', () => enough.abort());
  let size = 0;
  const chunks = request.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new TooLarge();
    if (!enough.signal.aborted && !stdin.write(chunk)) {
      await once(stdin, 'drain', { signal: enough.signal }).catch(() => {});
    }
  }
  stdin.end();
}

/**
 * Hands on what git answers as fast as the client takes it. The answer is left
 * open. Git says that all is well before it has read anything, so its words wait
 * until the body has come, and there is still a no to be said.
 *
 * @param body - sends the body; what it throws is thrown
 * @throws Error when git ends without an answer, or the client leaves
 */
export async function sendAnswer(
  group: ProcessGroup,
  response: ServerResponse,
  body: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of group.stdout as AsyncIterable<Buffer>) {
    let rest = chunk;
    if (!response.headersSent) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length > MOST_HEAD) break;
      if (end < 0) continue;
      await body;
      writeHead(head.toString('latin1', 0, end), response);
      rest = head.subarray(end + 4);
    }
    if (rest.length > 0 && !response.write(rest)) {
      await once(response, 'drain', { signal });
    }
  }
  signal.throwIfAborted();
  if (!response.headersSent) throw new Error('git gave no answer');
}

function writeHead(head: string, response: ServerResponse) {
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      response.statusCode = Number.parseInt(value, 10);
    } else {
      response.setHeader(name, value);
    }
  }
  response.flushHeaders();
}
