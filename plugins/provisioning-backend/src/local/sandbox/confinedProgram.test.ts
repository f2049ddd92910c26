import { createMockDirectory } from '@backstage/backend-test-utils';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ownSeconds } from '../__testUtils__/ownSeconds';
import { becoming, PORTALS } from '../__testUtils__/sandboxes';
import { BoundedLog } from '../logs/boundedLog';
import { Redactor } from '../logs/redactor';
import {
  readProcesses,
  startTimeOf,
  type ProcessMark,
} from '../processes/processTable';
import type { ProgramRequest } from './confinedProgram';
import { runConfined, type RunOptions } from './runConfined';
import { SERVICE_LIMITS, testLimits, type Sandbox } from './sandbox';
import { FIRST_UID, Uids } from './uids';

const SETPRIV = '/usr/bin/setpriv';
const PRLIMIT = '/usr/bin/prlimit';

/** Programs without bubblewrap; as another user where that can be had. */
const ROOMS = PORTALS.includes('root')
  ? (['user', 'none'] as const)
  : (['none'] as const);

describe.each(ROOMS)('a program in the room %s', isolation => {
  const directory = createMockDirectory();
  let sandbox: Sandbox;

  beforeAll(() => {
    chmodSync(directory.path, 0o755);
    mkdirSync(directory.resolve('app'));
    mkdirSync(directory.resolve('run'), { mode: 0o711 });
    const root = PORTALS.includes('root') && isolation === 'user';
    const another = PORTALS.includes('root') && isolation === 'none';
    sandbox = {
      supported: true,
      isolation,
      processes: root ? 'limited' : 'watched',
      limits: true,
      root,
      programs: {
        node: process.execPath,
        setpriv: SETPRIV,
        prlimit: another
          ? becoming(directory.path, 'prlimit', PRLIMIT)
          : PRLIMIT,
      },
      folder: directory.resolve('run'),
      system: [],
      words: [],
    };
  });

  function request(
    script: string,
    change: Partial<ProgramRequest> = {},
  ): ProgramRequest {
    writeFileSync(directory.resolve('app/program.mjs'), script);
    return {
      app: directory.resolve('app'),
      env: { GREETING: 'hello' },
      limits: SERVICE_LIMITS,
      uid: FIRST_UID + 7,
      program: ({ node, app }) => [node, `${app}/program.mjs`],
      ...change,
    };
  }

  async function run(
    script: string,
    options: Partial<RunOptions> = {},
    change: Partial<ProgramRequest> = {},
  ) {
    const log = new BoundedLog(new Redactor(['planted-secret']));
    const result = await runConfined(sandbox, request(script, change), {
      log,
      timeout: 50_000,
      ...options,
    });
    return { result, text: log.text() };
  }

  it('has a clean environment, and another user than root', async () => {
    const { result, text } = await run(
      `console.log(JSON.stringify({ env: Object.keys(process.env).sort(), uid: process.getuid() }))`,
    );
    expect(result).toMatchObject({ outcome: 'passed', code: 0 });
    expect(result.seconds).toBeGreaterThan(0);
    const { env, uid } = JSON.parse(text);
    expect(env.filter((name: string) => name !== 'PWD')).toEqual([
      ...(isolation === 'none' ? ['FAWKES_RUN'] : []),
      'GREETING',
      'HOME',
      'LANG',
      'NODE_OPTIONS',
      'PATH',
      'TMPDIR',
      'npm_config_cache',
      'npm_config_update_notifier',
    ]);
    expect(uid).not.toBe(0);
  });

  it('tells its mark first, fails as it fails, and says no secret', async () => {
    const marks: unknown[] = [];
    const { result, text } = await run(
      `console.error('it is planted-secret'); process.exit(3)`,
      { onStarted: async mark => void marks.push(mark) },
    );
    expect(result).toMatchObject({ outcome: 'failed', code: 3 });
    expect(text).toBe('it is ***\n');
    expect(marks).toEqual([
      { pid: expect.any(Number), startTime: expect.stringMatching(/\d/) },
    ]);
  });

  it('is ended when its time is over, or nobody wants it any more', async () => {
    const script = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const late = await run(script, { timeout: 700 });
    expect(late.result).toMatchObject({ outcome: 'too-long', code: null });
    expect(late.text).toMatch(/^Ended after 1 s\.$/m);
    const controller = new AbortController();
    const cancelled = await run(script, {
      signal: controller.signal,
      onStarted: async () => controller.abort(),
    });
    expect(cancelled.result).toMatchObject({ outcome: 'cancelled' });
    const before = await run(script, { signal: AbortSignal.abort() });
    expect(before.result).toEqual({
      outcome: 'cancelled',
      code: null,
      seconds: 0,
    });
  });

  it('is ended when what it started cannot be written down', async () => {
    let left: ProcessMark | undefined;
    await expect(
      run(`setInterval(() => {}, 1000)`, {
        onStarted: async mark => {
          left = mark;
          throw new Error('the database is away');
        },
      }),
    ).rejects.toThrow('the database is away');
    expect(startTimeOf(left!.pid)).not.toBe(left!.startTime);
  });

  it('leaves none of those behind that left its group', async () => {
    const seconds = ownSeconds();
    const { text } = await run(
      `
      import { spawn } from 'node:child_process';
      // setsid forks and ends, so that its child is nobody's.
      spawn('setsid', ['--fork', 'sleep', '${seconds}'], { stdio: 'ignore', detached: true })
        .on('exit', code => { console.log('exit', code); process.exit(0); });
    `,
    );
    expect(text).toBe('exit 0\n');
    expect(await sleepers(seconds)).toEqual([]);
  });

  it('has a bounded number of processes', async () => {
    const seconds = ownSeconds();
    const { result, text } = await run(
      `
      import { spawn } from 'node:child_process';
      for (let i = 0; i < 200; i++) {
        spawn('setsid', ['sleep', '${seconds}'], { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
      }
      setTimeout(() => console.log('still here'), 2500);
      setTimeout(() => process.exit(0), 2600);
    `,
    );
    // The kernel refuses them, or we end all of it.
    const { processes } = sandbox;
    expect({ processes, outcome: result.outcome, text }).toEqual(
      processes === 'watched'
        ? {
            processes,
            outcome: 'too-many-processes',
            text: 'Ended: it had too many processes.\n',
          }
        : { processes, outcome: 'passed', text: 'still here\n' },
    );
    expect(await sleepers(seconds)).toEqual([]);
  });

  it('writes no file longer than it may', async () => {
    const { text } = await run(
      `
      import { writeFileSync } from 'node:fs';
      try { writeFileSync(process.env.HOME + '/x', Buffer.alloc(2_000_000)); console.log('written'); }
      catch (error) { console.log(error.code); }
    `,
      {},
      { limits: { ...SERVICE_LIMITS, fileBytes: 1_000_000 } },
    );
    // Another user finds no way to the folder of the one who tests.
    expect(text.trim()).toBe(
      sandbox.root || ROOMS.length === 1 ? 'EFBIG' : 'EACCES',
    );
  });
});

describe('limits and users', () => {
  it('lets tests have more processes on larger computers', () => {
    expect(testLimits(2).processes).toBeLessThan(testLimits(16).processes);
  });

  it('gives each program a user, and one again that was given back', () => {
    const uids = new Uids(2);
    const [first, second] = [uids.take(), uids.take()];
    expect(first).not.toBe(second);
    expect(() => uids.take()).toThrow(/Too many/);
    uids.give(first);
    expect(uids.take()).toBe(first);
  });
});

/** Processes that sleep for so many seconds. */
async function sleepers(seconds: string): Promise<number[]> {
  const words = ['sleep', seconds, ''].join('\0');
  return (await readProcesses())
    .map(({ pid }) => pid)
    .filter(pid => commandOf(pid).startsWith(words));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
