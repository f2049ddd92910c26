import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A commit to make. */
export interface NewCommit {
  message: string;
  /** Unix seconds; default: one minute after the one before. */
  at?: number;
  author?: string;
  files?: Record<string, string>;
  /** Marks of its parents, 1-based; default: the commit before. */
  parents?: number[];
  branch?: string;
}

/** A git repository made for a test, with git's own configuration out of the way. */
export class TestRepository {
  private readonly start = Date.UTC(2026, 0, 1) / 1_000;
  private made = 0;

  constructor(readonly path: string) {
    execFileSync('git', [
      'init',
      '--quiet',
      '--bare',
      '--initial-branch=main',
      path,
    ]);
  }

  git(...args: string[]): string {
    return execFileSync('git', ['-C', this.path, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env: {
        ...process.env,
        GIT_COMMITTER_NAME: 'T',
        GIT_COMMITTER_EMAIL: 't@example.com',
        GIT_COMMITTER_DATE: '1767312000 +0000',
      },
    }).trimEnd();
  }

  /** Writes commits with `git fast-import`; returns their shas. */
  commit(...commits: NewCommit[]): string[] {
    const first = this.made + 1;
    const tip = this.made > 0 ? this.tip() : undefined;
    const parts = commits.flatMap(({ message, ...commit }, index) => {
      const mark = first + index;
      this.made = mark;
      const at = commit.at ?? this.start + mark * 60;
      const author = commit.author ?? 'A <a@example.com>';
      const previous = index > 0 ? `:${mark - 1}` : tip;
      const parents = commit.parents?.map(number => `:${number}`) ?? [
        ...(previous ? [previous] : []),
      ];
      return [
        `commit refs/heads/${commit.branch ?? 'main'}`,
        `mark :${mark}`,
        `author ${author} ${at - 30} +0000`,
        `committer ${author} ${at} +0000`,
        `data ${Buffer.byteLength(message)}`,
        message,
        ...parents.map((from, n) => `${n === 0 ? 'from' : 'merge'} ${from}`),
        ...Object.entries(commit.files ?? {}).flatMap(([path, content]) => [
          `M 100644 inline ${quote(path)}`,
          `data ${Buffer.byteLength(content)}`,
          content,
        ]),
        '',
      ];
    });
    const marks = `${this.path}.marks`;
    execFileSync(
      'git',
      [
        '-C',
        this.path,
        'fast-import',
        '--quiet',
        '--force',
        `--import-marks-if-exists=${marks}`,
        `--export-marks=${marks}`,
      ],
      { input: parts.join('\n') },
    );
    return commits.map((_, index) => this.shaOf(first + index));
  }

  tip(branch: string = 'main'): string {
    return this.git('rev-parse', `refs/heads/${branch}`);
  }

  private shaOf(mark: number): string {
    const marks = readFileSync(`${this.path}.marks`, 'utf8');
    return new RegExp(`^:${mark} ([0-9a-f]+)$`, 'm').exec(marks)![1];
  }
}

function quote(path: string): string {
  return `"${path
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')}"`;
}
