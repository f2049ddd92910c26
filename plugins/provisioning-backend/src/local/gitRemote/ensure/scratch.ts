import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError, gitText, runGit, tryGit } from '../git';
import { objectId } from '../names';
import { signatureEnv, type Signature } from '../person';
import { credentialEnv, protocolOf, type RemoteRepository } from './remote';

/** A file to commit. */
export interface NewFile {
  mode: '644' | '755';
  bytes: Buffer;
}

/** Files by path. */
export type NewTree = ReadonlyMap<string, NewFile>;

/** How a commit of ours is made: the same words and times are the same commit. */
export interface CommitWords {
  author: Signature;
  committer: Signature;
  /** Subject and text. */
  message: string;
  /** Trailers by key, in this order. */
  trailers: Readonly<Record<string, string>>;
}

/** A push as git tells it. */
export type PushResult = 'pushed' | 'rejected' | 'unknown';

/** A repository of our own for a moment, in which a commit is made that is then pushed. */
export class Scratch {
  private constructor(readonly directory: string) {}

  static async make(below: string): Promise<Scratch> {
    await mkdir(below, { recursive: true, mode: 0o700 });
    const directory = await mkdtemp(join(below, 'scratch-'));
    const args = ['init', '--quiet', '--bare', '--template=', '.'];
    await runGit({ directory, args });
    return new Scratch(directory);
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Writes files as a tree; returns its id. */
  async writeTree(files: NewTree): Promise<string> {
    return this.import(importOf(files));
  }

  /**
   * Writes the tree of a commit with files laid over it; returns its id. What is
   * at other paths stays. Where one has a file and the other a folder of its name,
   * the laid one wins: a tree cannot hold both.
   */
  async layOver(commit: string, files: NewTree): Promise<string> {
    return this.import(importOf(files, objectId(commit)));
  }

  private async import(input: Buffer): Promise<string> {
    await runGit({
      directory: this.directory,
      args: ['fast-import', '--quiet', '--done', '--force'],
      input,
    });
    return this.revision('refs/scratch/tree^{tree}');
  }

  /** Makes a commit that nothing points at yet; returns its id. */
  async commit(
    tree: string,
    parents: readonly string[],
    words: CommitWords,
  ): Promise<string> {
    return gitText({
      directory: this.directory,
      args: [
        'commit-tree',
        objectId(tree),
        ...parents.flatMap(parent => ['-p', objectId(parent)]),
      ],
      input: messageOf(words),
      env: {
        ...signatureEnv('AUTHOR', words.author),
        ...signatureEnv('COMMITTER', words.committer),
      },
    });
  }

  /**
   * Brings branches here, those that are there.
   *
   * @returns where each ends
   */
  async fetch(
    remote: RemoteRepository,
    refs: readonly string[],
    signal?: AbortSignal,
  ): Promise<Map<string, string>> {
    const online = {
      directory: this.directory,
      env: credentialEnv(remote),
      protocol: protocolOf(remote.url),
      signal,
    };
    const listed = await gitText({
      ...online,
      args: ['ls-remote', '--refs', '--', remote.url, ...refs],
    });
    const tips = new Map(
      listed
        .split('\n')
        .filter(Boolean)
        .map(line => line.split('\t'))
        .map(([tip, ref]) => [ref, objectId(tip)]),
    );
    if (tips.size === 0) return tips;
    await runGit({
      ...online,
      args: [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--no-recurse-submodules',
        '--no-auto-maintenance',
        '--',
        remote.url,
        ...tips.keys(),
      ],
    });
    return tips;
  }

  /**
   * Pushes a commit to a branch, forward only. What git does not say for sure is
   * unknown: a push that was cut may have arrived all the same.
   */
  async push(
    remote: RemoteRepository,
    commit: string,
    ref: string,
    signal?: AbortSignal,
  ): Promise<{ result: PushResult; said: string }> {
    let said = '';
    try {
      const { stdout, stderr, code } = await tryGit({
        directory: this.directory,
        args: [
          'push',
          '--porcelain',
          '--no-verify',
          '--no-recurse-submodules',
          '--',
          remote.url,
          `${objectId(commit)}:${ref}`,
        ],
        env: credentialEnv(remote),
        protocol: protocolOf(remote.url),
        signal,
      });
      if (code === 0) return { result: 'pushed', said: '' };
      said = stderr;
      const lines = stdout.toString('utf8').split('\n');
      if (lines.some(line => line.startsWith('!'))) {
        // Ours, or the server's own: it was looked at, and refused.
        const reason = lines.find(line => line.startsWith('!'))!;
        return { result: sure(reason), said: `${reason}\n${said}`.trim() };
      }
    } catch (error) {
      if (!signal?.aborted && !(error instanceof GitError)) throw error;
      said = String(error);
    }
    return { result: 'unknown', said };
  }

  /** The id of something that is here. */
  revision(name: string): Promise<string> {
    return gitText({
      directory: this.directory,
      args: ['rev-parse', '--verify', '--end-of-options', name],
    });
  }
}

/** Git says `[remote failure]` when the answer never came. */
function sure(line: string): PushResult {
  return /\[(remote )?rejected\]/.test(line) ? 'rejected' : 'unknown';
}

/** The message with its trailers as its last paragraph. */
export function messageOf({ message, trailers }: CommitWords): string {
  const lines = Object.entries(trailers).map(([key, value]) => {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(key) || /[\r\n]/.test(value)) {
      throw new Error(`${key} is no trailer of a commit`);
    }
    return `${key}: ${value}\n`;
  });
  return `${message.trim()}\n\n${lines.join('')}`;
}

/** A commit of the files in the language of `git fast-import`. */
function importOf(files: NewTree, over?: string): Buffer {
  const parts: Array<string | Buffer> = [
    'commit refs/scratch/tree\n',
    'committer x <x> 0 +0000\n',
    'data 0\n',
    ...(over ? [`from ${over}\n`] : ['deleteall\n']),
  ];
  for (const [path, { mode, bytes }] of files) {
    parts.push(`M 100${mode} inline ${quote(path)}\n`);
    parts.push(`data ${bytes.length}\n`, bytes, '\n');
  }
  parts.push('done\n');
  return Buffer.concat(parts.map(part => Buffer.from(part as string)));
}

function quote(path: string): string {
  const parts = path.split('/');
  if (/[\0\n]/.test(path) || parts.some(p => ['', '.', '..'].includes(p))) {
    throw new Error(`${JSON.stringify(path)} is no path of a repository`);
  }
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
