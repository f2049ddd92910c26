import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { bootId } from './bootId';
import { ProcessGroup, signalIfThere } from './processGroup';
import {
  familyOf,
  familyOfMark,
  parsePsLine,
  parseStat,
  readProcesses,
  startTimeOf,
  type ProcessEntry,
} from './processTable';
import { sweep } from './sweep';
import { until } from '../__testUtils__/until';

const env = { PATH: process.env.PATH! };

function start(script: string, input?: 'pipe') {
  return ProcessGroup.start(
    { file: '/bin/sh', args: ['-c', script], cwd: '/', env },
    input,
  );
}

async function alive(pid: number): Promise<boolean> {
  return (await readProcesses()).some(entry => entry.pid === pid);
}

describe('the table of processes', () => {
  it('reads the machine’s own, as this one lists them', async () => {
    const own = (await readProcesses()).find(({ pid }) => pid === process.pid);
    expect(own).toEqual({
      pid: process.pid,
      parent: process.ppid,
      group: expect.any(Number),
      startTime: startTimeOf(process.pid),
    });
    expect(startTimeOf(2 ** 22 + 1)).toBeUndefined();
  });

  it('is not misled by the name a program gives itself', () => {
    const rest = `S 1 4 5 0 -1 ${'0 '.repeat(13)}77 0 0`;
    expect(parseStat(`42 (a) R 9 9 (b)) ${rest}`)).toEqual({
      pid: 42,
      parent: 1,
      group: 4,
      startTime: '77',
    });
    expect(parseStat(`42 (dead) ${rest.replace('S', 'Z')}`)).toBeUndefined();
    expect(parseStat('')).toBeUndefined();
    expect(parseStat('42 (x) S 1')).toBeUndefined();
  });

  it('reads what ps says where there is no /proc', () => {
    const line = execFileSync(
      'ps',
      ['-o', 'pid=,ppid=,pgid=,stat=,lstart=', '-p', String(process.pid)],
      { encoding: 'utf8', env: { ...env, LC_ALL: 'C' } },
    );
    expect(parsePsLine(line)).toMatchObject({
      pid: process.pid,
      parent: process.ppid,
      startTime: expect.stringMatching(/^\w{3} \w{3} \d+ [\d:]+ \d{4}$/),
    });
    expect(
      parsePsLine('  7  1  7 Z  Mon Nov 30 07:00:00 2026'),
    ).toBeUndefined();
    expect(parsePsLine('')).toBeUndefined();
  });

  it('counts to a family what descends from it, whatever group it is in', () => {
    const entry = (pid: number, parent: number, group: number) => ({
      pid,
      parent,
      group,
      startTime: String(pid),
    });
    const processes: ProcessEntry[] = [
      entry(10, 1, 10),
      entry(11, 10, 10),
      entry(12, 11, 12),
      entry(13, 12, 13),
      entry(14, 1, 10),
      entry(20, 1, 20),
    ];
    const pids = (found: ProcessEntry[]) => found.map(({ pid }) => pid).sort();
    expect(pids(familyOf(processes, 10))).toEqual([10, 11, 12, 13, 14]);
    const mark = { pid: 10, startTime: '10' };
    expect(pids(familyOfMark(processes, mark))).toHaveLength(5);
    const later = { pid: 10, startTime: '9' };
    expect(familyOfMark(processes, later)).toEqual([]);
    expect(pids(familyOfMark(processes.slice(1), later))).toEqual([
      11, 12, 13, 14,
    ]);
  });
});

describe('a process group', () => {
  it('says how it ended, and what it said', async () => {
    const group = await start('cat; exit 3', 'pipe');
    const chunks: Buffer[] = [];
    group.stdout.on('data', chunk => chunks.push(chunk));
    group.stdin.end('hello');
    expect(await group.ended).toEqual({ code: 3, signal: null });
    expect(Buffer.concat(chunks).toString()).toBe('hello');
    expect(group.mark.startTime).toMatch(/^\d+$/);
  });

  it('says that a program is not there', async () => {
    const missing = { file: '/no/such/program', args: [], cwd: '/', env };
    await expect(ProcessGroup.start(missing)).rejects.toThrow(/ENOENT/);
  });

  it('takes what a program leaves behind along', async () => {
    const group = await start('sleep 500 & echo $!');
    const [said] = await once(group.stdout, 'data');
    await group.ended;
    const pid = Number(said);
    // It is killed with the group, and dead a moment later.
    await until(async () => !(await alive(pid)));
    expect(startTimeOf(pid)).toBeUndefined();
  });

  it('does not wait for ever for output that somebody else holds', async () => {
    const group = await start('setsid sleep 3 & exit 0');
    group.stdout.resume();
    expect(await group.ended).toEqual({ code: 0, signal: null });
  });

  it.each([
    ['that ends when it is asked', 'exec sleep 500', 'SIGTERM'],
    [
      'that does not',
      'trap "" TERM; echo; while :; do sleep 1; done',
      'SIGKILL',
    ],
  ])('ends one %s', async (_, script, signal) => {
    const group = await start(script);
    if (signal === 'SIGKILL') await once(group.stdout, 'data');
    expect(await group.end(300)).toEqual({ code: null, signal });
    expect(await alive(group.mark.pid)).toBe(false);
    // Once more is no harm: the number may be somebody else's.
    const kill = jest.spyOn(process, 'kill');
    await group.end();
    group.signal('SIGKILL');
    expect(kill).not.toHaveBeenCalled();
    kill.mockRestore();
  });

  it.each([0, 1, -1, NaN, 1.5])('signals no process %d', pid => {
    expect(() => signalIfThere(pid, 'SIGTERM')).toThrow(/no process of ours/);
  });
});

describe('sweep', () => {
  let child: ChildProcess;

  /** What an earlier portal left: a process that knows nothing of us. */
  async function leftover(script: string): Promise<number> {
    child = spawn('/bin/sh', ['-c', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      env,
    });
    const [said] = await once(child.stdout!, 'data');
    return Number(said);
  }

  afterEach(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  it('ends what was left, with what has a group of its own', async () => {
    const grandchild = await leftover('setsid sleep 500 & echo $!; wait');
    const mark = { pid: child.pid!, startTime: startTimeOf(child.pid!)! };
    expect(await sweep(mark)).toBe('ended');
    expect(await alive(grandchild)).toBe(false);
    expect(await sweep(mark)).toBe('gone');
  });

  it('ends a group that has lost its leader', async () => {
    const grandchild = await leftover('sleep 500 >/dev/null & echo $!');
    const mark = { pid: child.pid!, startTime: '1' };
    if (child.exitCode === null) await once(child, 'exit');
    expect(await alive(grandchild)).toBe(true);
    expect(await sweep(mark)).toBe('ended');
    expect(await alive(grandchild)).toBe(false);
  });

  it('leaves alone who has the number by now', async () => {
    await leftover('echo 1; exec sleep 500');
    const mark = { pid: child.pid!, startTime: '1' };
    expect(await sweep(mark)).toBe('gone');
    expect(await alive(child.pid!)).toBe(true);
  });
});

describe('bootId', () => {
  it('is the machine’s own name for this start of it', async () => {
    expect(await bootId()).toBe(
      readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    );
  });
});
