import { readFile, stat } from 'node:fs/promises';
import { signalIfThere } from '../processes/processGroup';
import {
  familyOf,
  familyOfMark,
  readProcesses,
  type ProcessEntry,
  type ProcessMark,
} from '../processes/processTable';

/** How often it is looked, in milliseconds. */
const EVERY = 200;
/** How often what is killed may have forked on. */
const ROUNDS = 50;

/** Tells whether a process is one of ours that went its own way. */
export type Belongs = (pid: number) => Promise<boolean>;

/** Ours is what runs as a user that nobody else is. */
export function belongsToUser(uid: number): Belongs {
  return async pid =>
    stat(`/proc/${pid}`).then(
      found => found.uid === uid,
      () => false,
    );
}

/** Ours is what has a variable that nobody else has; a program may take it off. */
export function belongsByVariable(assignment: string): Belongs {
  return async pid =>
    readFile(`/proc/${pid}/environ`, 'latin1').then(
      text => text.split('\0').includes(assignment),
      () => false,
    );
}

/** What is to be watched. */
export interface Watched {
  /** The program, which leads its process group. */
  mark: ProcessMark;
  belongs: Belongs;
  /** Processes it may have; undefined: any number. */
  most: number | undefined;
  /** Called when there were more, after they were ended. */
  tooMany(): void;
}

/**
 * Keeps an eye on a program and all that comes of it, where the kernel neither
 * counts processes nor ends them together.
 */
export class FamilyWatch {
  /** Start times of everyone that was ever seen, by pid. */
  private readonly seen = new Map<number, string>();
  /** The same of those who are none of ours. */
  private readonly strangers = new Map<number, string>();
  private readonly timer: NodeJS.Timeout;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly watched: Watched) {
    this.timer = setInterval(() => {
      this.looking = this.looking.then(() => this.look()).catch(() => {});
    }, EVERY);
    this.timer.unref();
  }

  /**
   * Ends everyone that is left.
   *
   * @throws Error when that does not work
   */
  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    await this.kill();
  }

  private async look() {
    const { most, tooMany } = this.watched;
    const family = await this.family();
    if (most === undefined || family.length <= most) return;
    await this.kill();
    tooMany();
  }

  /** Everyone who is alive. */
  private async family(): Promise<ProcessEntry[]> {
    const processes = await readProcesses();
    const astray = await this.astray(processes);
    const all = [
      ...familyOfMark(processes, this.watched.mark),
      ...astray.flatMap(({ pid }) => familyOf(processes, pid)),
    ];
    const family = new Map(all.map(entry => [entry.pid, entry]));
    for (const { pid, startTime } of family.values()) {
      this.seen.set(pid, startTime);
    }
    return [...family.values()];
  }

  /** Those who have lost their parents, or left them. */
  private async astray(
    processes: readonly ProcessEntry[],
  ): Promise<ProcessEntry[]> {
    const found: ProcessEntry[] = [];
    for (const entry of processes) {
      const { pid, startTime } = entry;
      if (this.strangers.get(pid) === startTime) continue;
      const known = this.seen.get(pid) === startTime;
      if (known || (await this.watched.belongs(pid))) found.push(entry);
      else this.strangers.set(pid, startTime);
    }
    return found;
  }

  /** Holds all of them first: what runs on while others are killed forks anew. */
  private async kill() {
    for (let round = 0; round < ROUNDS; round++) {
      const family = await this.family();
      if (family.length === 0) return;
      for (const { pid } of family) signalIfThere(pid, 'SIGSTOP');
      for (const { pid } of family) signalIfThere(pid, 'SIGKILL');
    }
    const { pid } = this.watched.mark;
    throw new Error(`Processes of ${pid} could not be ended`);
  }
}
