import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Answers git's question for the password, so that it is in no address and no argument. */
const ASKPASS = '#!/bin/sh\nprintf "%s\\n" "$GIT_PASSWORD"\n';

/** A repository as a person has it on their computer: the command of the page pasted into a shell, and git itself. */
export class WorkingCopy {
  #password = '';

  private constructor(private readonly folder: string) {}

  static async make(): Promise<WorkingCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'fawkes-e2e-git-'));
    await writeFile(join(folder, 'askpass'), ASKPASS, { mode: 0o700 });
    return new WorkingCopy(folder);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Pastes the command into a shell, and the password when git asks for it. */
  async paste(command: string, password: string): Promise<void> {
    this.#password = password;
    await this.#run('sh', ['-c', `${command} work`], this.folder);
  }

  /** Replaces a text in files, commits and pushes that to main; answers the commit. */
  async release(
    paths: readonly string[],
    before: string,
    after: string,
  ): Promise<string> {
    for (const path of paths) {
      const file = join(this.#work, path);
      const text = await readFile(file, 'utf8');
      if (!text.includes(before)) throw new Error(`${path} has no "${before}"`);
      await writeFile(file, text.replaceAll(before, after));
    }
    await this.git(
      ...['-c', 'user.name=Mira Okafor', '-c', 'user.email=mira@example.com'],
      ...['commit', '--all', '--quiet', '--message', `Say ${after}`],
    );
    await this.git('push', '--quiet', 'origin', 'HEAD:main');
    return this.tip();
  }

  /** The commit that main of the remote is at. */
  async tip(): Promise<string> {
    return (await this.git('ls-remote', 'origin', 'refs/heads/main')).slice(
      0,
      40,
    );
  }

  private async git(...args: string[]): Promise<string> {
    return this.#run('git', args, this.#work);
  }

  get #work(): string {
    return join(this.folder, 'work');
  }

  async #run(command: string, args: string[], cwd: string): Promise<string> {
    const { stdout } = await run(command, args, {
      cwd,
      timeout: 60_000,
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_ASKPASS: join(this.folder, 'askpass'),
        GIT_PASSWORD: this.#password,
      },
    });
    return stdout;
  }
}
