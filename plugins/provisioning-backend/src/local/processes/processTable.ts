import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process as this machine lists it. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  /**
   * When it started, as the machine tells it: on Linux the clock ticks since
   * boot. With the pid it names a process for good, since pids are given again.
   */
  startTime: string;
}

const onLinux = process.platform === 'linux';

const PS_FORMAT = ['-o', 'pid=,ppid=,pgid=,stat=,lstart='];
const PS_ALL = ['-ax', ...PS_FORMAT];
const PS_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Names a process for good; kept in a row, so that a later start can sweep it. */
export interface ProcessMark {
  pid: number;
  startTime: string;
}

/** All processes that are alive; what is dead and not yet collected is left out. */
export async function readProcesses(): Promise<ProcessEntry[]> {
  if (!onLinux) {
    const { stdout } = await promisify(execFile)('ps', PS_ALL, {
      env: PS_ENV,
      maxBuffer: 1 << 26,
    });
    return stdout.split('\n').flatMap(line => parsePsLine(line) ?? []);
  }
  const names = await readdir('/proc');
  const entries = await Promise.all(
    names
      .filter(name => /^\d+$/.test(name))
      // One that ended since is not there.
      .map(name => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  return entries.flatMap(text => parseStat(text) ?? []);
}

/** When a process started; undefined when there is none of that pid. */
export function startTimeOf(pid: number): string | undefined {
  try {
    if (onLinux) {
      return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTime;
    }
    const line = execFileSync('ps', [...PS_FORMAT, '-p', String(pid)], {
      env: PS_ENV,
      encoding: 'utf8',
    });
    return parsePsLine(line)?.startTime;
  } catch {
    // Neither the file nor the answer exists for a process that does not.
    return undefined;
  }
}

/**
 * Reads `/proc/<pid>/stat`. The second field is the program's name in
 * parentheses, and a program may put parentheses and spaces into it.
 */
export function parseStat(text: string): ProcessEntry | undefined {
  const opened = text.indexOf(' (');
  const closed = text.lastIndexOf(') ');
  if (opened < 0 || closed < opened) return undefined;
  // Field 3 (the state) is the first behind the name.
  const fields = text.slice(closed + 2).split(' ');
  const startTime = fields[22 - 3];
  if (startTime === undefined || isDead(fields[0])) return undefined;
  return {
    pid: Number(text.slice(0, opened)),
    parent: Number(fields[1]),
    group: Number(fields[2]),
    startTime,
  };
}

/** Reads a line of `ps`, where there is no /proc. */
export function parsePsLine(line: string): ProcessEntry | undefined {
  const [pid, parent, group, state, ...started] = line.trim().split(/\s+/);
  if (started.length === 0 || isDead(state)) return undefined;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    startTime: started.join(' '),
  };
}

function isDead(state: string): boolean {
  return state.startsWith('Z') || state.startsWith('X');
}

/**
 * The processes of a group, and everything that descends from one of them: a
 * child that made itself a group of its own is still somebody's child.
 */
export function familyOf(
  processes: readonly ProcessEntry[],
  group: number,
): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of processes) {
    const siblings = children.get(entry.parent) ?? [];
    children.set(entry.parent, [...siblings, entry]);
  }
  const family = new Map<number, ProcessEntry>();
  const open = processes.filter(
    entry => entry.pid === group || entry.group === group,
  );
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (family.has(entry.pid)) continue;
    family.set(entry.pid, entry);
    open.push(...(children.get(entry.pid) ?? []));
  }
  return [...family.values()];
}

/**
 * The family of a process, unless its number is somebody else's by now. A group
 * that has lost its leader still keeps the leader's number from others.
 */
export function familyOfMark(
  processes: readonly ProcessEntry[],
  { pid, startTime }: ProcessMark,
): ProcessEntry[] {
  const leader = processes.find(entry => entry.pid === pid);
  if (leader && leader.startTime !== startTime) return [];
  return familyOf(processes, pid);
}
