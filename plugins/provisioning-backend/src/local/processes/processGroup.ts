import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { startTimeOf, type ProcessMark } from './processTable';

export type { ProcessMark };

/** A program to start, without a shell. */
export interface Command {
  file: string;
  args: readonly string[];
  cwd: string;
  /** Its whole environment; nothing of ours is added. */
  env: Readonly<Record<string, string>>;
}

/** How a process ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** How long output is waited for that something else still holds open. */
const LAST_OUTPUT = 1_000;

/**
 * A program and what it starts, as one process group: a helper that outlived its
 * parent could still finish what the parent was stopped from doing.
 */
export class ProcessGroup {
  /** Resolves when the program ended and what it left behind was killed. */
  readonly ended: Promise<Ended>;
  /** Its number may be somebody else's from then on. */
  private over = false;

  private constructor(
    readonly mark: ProcessMark,
    private readonly child: ChildProcess,
  ) {
    this.ended = this.watch();
    this.ended.catch(() => {});
  }

  /** @throws Error when the program cannot be started */
  static async start(
    { file, args, cwd, env }: Command,
    input: 'pipe' | 'ignore' = 'ignore',
  ): Promise<ProcessGroup> {
    const child = spawn(file, args, {
      cwd,
      env: { ...env },
      stdio: [input, 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    });
    // Read before anything can collect it, however short its life.
    const startTime = child.pid === undefined ? '' : startTimeOf(child.pid);
    const group = new ProcessGroup(
      { pid: child.pid ?? 0, startTime: startTime ?? '' },
      child,
    );
    await once(child, 'spawn');
    return group;
  }

  get stdin(): Writable {
    return this.child.stdin!;
  }

  get stdout(): Readable {
    return this.child.stdout!;
  }

  get stderr(): Readable {
    return this.child.stderr!;
  }

  /** Sends a signal to all of the group; one that ended gets none. */
  signal(signal: NodeJS.Signals): void {
    if (!this.over) signalGroup(this.mark.pid, signal);
  }

  /** Asks all of the group to end, and makes it when it takes too long. */
  async end(grace: number = 2_000): Promise<Ended> {
    this.signal('SIGTERM');
    const inTime = new AbortController();
    await Promise.race([
      this.ended,
      wait(grace, undefined, { signal: inTime.signal }).then(
        () => this.signal('SIGKILL'),
        () => {},
      ),
    ]);
    inTime.abort();
    return this.ended;
  }

  private async watch(): Promise<Ended> {
    const closed = once(this.child, 'close');
    closed.catch(() => {});
    const [code, signal] = (await once(this.child, 'exit')) as [
      Ended['code'],
      Ended['signal'],
    ];
    this.signal('SIGKILL');
    this.over = true;
    const inTime = new AbortController();
    await Promise.race([
      closed,
      wait(LAST_OUTPUT, undefined, { signal: inTime.signal }).catch(() => {}),
    ]);
    inTime.abort();
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
    return { code, signal };
  }
}

/** Signals a process group; one that is gone is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  signalIfThere(-group, signal);
}

/** Signals a process; one that is gone is no error. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  // 0 and -1 would be ourselves, and everything.
  if (!Number.isSafeInteger(pid) || Math.abs(pid) < 2) {
    throw new Error(`${pid} is no process of ours`);
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
