import { mockServices } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  GitRemote,
  type AccessQuestion,
  type GitRemoteOptions,
  type Pushed,
} from '../gitRemote/gitRemote';
import { createRepository } from '../gitRemote/repository';
import { readProcesses, type ProcessEntry } from '../processes/processTable';

/** Tokens of the people of these tests. */
export const TOKENS: Record<string, string> = {
  'user:default/mira': 'token-of-mira',
  'user:default/jonas': 'token-of-jonas',
  'user:default/reader': 'token-of-reader',
  portal: 'token-of-the-portal',
};

/** A remote with two repositories, to which all but the reader may push. */
export class TestRemote {
  readonly pushes: Pushed[] = [];
  readonly questions: AccessQuestion[] = [];
  readonly logger = mockServices.logger.mock();
  readonly remote: GitRemote;
  readonly known = new Map<string, string>();
  /** Called when a push was told, before whoever pushed hears of it. */
  onTold: () => void = () => {};

  constructor(readonly root: string, options: Partial<GitRemoteOptions> = {}) {
    this.remote = new GitRemote({
      logger: this.logger,
      authorise: async question => {
        this.questions.push(question);
        const { user, password, repository, operation } = question;
        if (TOKENS[user] !== password) {
          return { allowed: false, because: 'credentials' };
        }
        if (repository === 'default/hidden') {
          return { allowed: false, because: 'unknown' };
        }
        if (operation === 'push' && user === 'user:default/reader') {
          return { allowed: false, because: 'forbidden' };
        }
        return { allowed: true, user, portal: user === 'portal' };
      },
      directoryOf: async repository => this.known.get(repository),
      onPushed: async push => {
        this.pushes.push(push);
        this.onTold();
      },
      ...options,
    });
  }

  async add(repository: string, folder: string = 'r1.git'): Promise<string> {
    const directory = join(this.root, folder);
    await createRepository(directory);
    this.known.set(repository, directory);
    return directory;
  }

  get port(): number {
    return Number(new URL(this.remote.urlOf('x')).port);
  }

  /** Begins a push by hand and stops in the middle. */
  beginPush(user: string): Socket {
    const socket = connect(this.port, '127.0.0.1');
    const basic = Buffer.from(`${user}:${TOKENS[user]}`).toString('base64');
    socket.write(
      [
        'POST /default/pay.git/git-receive-pack HTTP/1.1',
        'Host: x',
        `Authorization: Basic ${basic}`,
        'Content-Type: application/x-git-receive-pack-request',
        'Content-Length: 900000',
        '',
        '0094',
      ].join('\r\n'),
    );
    return socket;
  }

  /** The address with a person's name and token, as people paste it. */
  urlFor(user: string, repository: string = 'default/pay'): string {
    const url = new URL(this.remote.urlOf(repository));
    url.username = encodeURIComponent(user);
    url.password = TOKENS[user] ?? 'wrong';
    return url.href;
  }
}

/** The processes of this one that lead a group, with all of the group. */
export async function groups(): Promise<ProcessEntry[]> {
  const all = await readProcesses();
  const leaders = all.filter(
    ({ pid, parent, group }) => parent === process.pid && group === pid,
  );
  return all.filter(entry => leaders.some(({ pid }) => pid === entry.group));
}

/** The environment of a person's git. */
export const CLIENT = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Mira',
  GIT_AUTHOR_EMAIL: 'mira@example.com',
  GIT_AUTHOR_DATE: '1767225600 +0000',
  GIT_COMMITTER_NAME: 'Mira',
  GIT_COMMITTER_EMAIL: 'mira@example.com',
  GIT_COMMITTER_DATE: '1767225600 +0000',
} as NodeJS.ProcessEnv;

/** Runs git as a person's machine would, without this machine's configuration. */
export async function git(
  directory: string,
  ...args: string[]
): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, {
    cwd: directory,
    maxBuffer: 1 << 28,
    env: CLIENT,
  });
  return stdout.trimEnd();
}

/** A working copy of a person's. */
export class WorkingCopy {
  constructor(readonly path: string) {}

  static async init(path: string): Promise<WorkingCopy> {
    mkdirSync(path, { recursive: true });
    await git(path, 'init', '--quiet', '--initial-branch=main');
    return new WorkingCopy(path);
  }

  static async clone(url: string, path: string): Promise<WorkingCopy> {
    await git(dirname(path), 'clone', '--quiet', url, path);
    return new WorkingCopy(path);
  }

  git(...args: string[]): Promise<string> {
    return git(this.path, ...args);
  }

  /** Writes files and commits them; returns the commit. */
  async commit(
    message: string,
    files: Record<string, string | Buffer>,
  ): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), content);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }
}
