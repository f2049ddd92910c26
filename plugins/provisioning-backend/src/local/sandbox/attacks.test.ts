import { createMockDirectory } from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import {
  describeSandbox,
  PORTALS,
  sandboxOf,
} from '../__testUtils__/sandboxes';
import { ownSeconds } from '../__testUtils__/ownSeconds';
import { BoundedLog } from '../logs/boundedLog';
import { ConfinedProgram, type ProgramRequest } from './confinedProgram';
import { confine } from './confine';
import { runConfined } from './runConfined';
import { SERVICE_LIMITS, type Sandbox } from './sandbox';
import { Uids } from './uids';
import { until } from '../__testUtils__/until';

const SECRET = 'planted-secret-of-the-portal';
/** By its name these tests know their own processes. */
const ATTACK = `attack-${process.pid}.mjs`;

describeSandbox.each(PORTALS)(
  'a portal run by %s, and a service that',
  portal => {
    const directory = createMockDirectory();
    let sandbox: Sandbox;
    let server: Server;
    let calls = 0;
    let port: number;
    const uids = new Uids();
    let uid: number;

    beforeAll(async () => {
      sandbox = await sandboxOf(portal, directory.resolve('portal'));
      server = createServer((_, response) => {
        calls += 1;
        response.end(SECRET);
      });
      server.listen(0);
      await once(server, 'listening');
      port = (server.address() as AddressInfo).port;
      process.env.PLANTED = SECRET;
      uid = uids.take();
    });
    afterAll(async () => {
      delete process.env.PLANTED;
      uids.give(uid);
      server.close();
      await once(server, 'close');
    });

    function request(
      script: string,
      change: Partial<ProgramRequest> = {},
    ): ProgramRequest {
      const app = directory.resolve('portal/app');
      mkdirSync(app, { recursive: true });
      writeFileSync(join(app, ATTACK), script);
      return {
        app,
        env: { PORT: '8080', NODE_ENV: 'production' },
        limits: SERVICE_LIMITS,
        uid,
        program: ({ node }) => [node, ATTACK],
        ...change,
      };
    }

    /** Runs a script as a service; returns what it printed as JSON. */
    async function attack(script: string, change?: Partial<ProgramRequest>) {
      const log = new BoundedLog();
      const wanted = request(script, change);
      const result = await runConfined(sandbox, wanted, {
        log,
        timeout: 50_000,
      });
      const text = log.text();
      const last = text.trimEnd().split('\n').at(-1)!;
      return {
        result,
        text,
        said:
          last.startsWith('{') || last.startsWith('[')
            ? JSON.parse(last)
            : undefined,
      };
    }

    it('is in a room of its own, with its processes counted by the kernel', () => {
      expect(sandbox).toMatchObject({
        isolation: 'bubblewrap',
        processes: 'limited',
        limits: true,
      });
    });

    it("reads the portal's data: there is none", async () => {
      const secret = directory.resolve('portal/secret.txt');
      writeFileSync(secret, SECRET);
      chmodSync(secret, 0o644);
      const { said } = await attack(`
      import { readFileSync, readdirSync } from 'node:fs';
      const paths = ${JSON.stringify([
        secret,
        `/proc/${process.pid}/environ`,
        `/proc/${process.ppid}/environ`,
        `${process.cwd()}/package.json`,
        '/etc/shadow',
        '/etc/hostname',
        '/root',
        '/home',
        '/var',
        '/run',
        '/sys',
      ])};
      const read = paths.filter(path => {
        try { readFileSync(path); return true; }
        catch (error) { return error.code === 'EISDIR'; }
      });
      console.log(JSON.stringify({ read, root: readdirSync('/'), etc: readdirSync('/etc') }));
    `);
      expect(said.read).toEqual([]);
      expect(said.root).toEqual(
        expect.not.arrayContaining([
          'home',
          'root',
          'run',
          'sys',
          'var',
          'work',
        ]),
      );
      expect(said.etc).toEqual(expect.not.arrayContaining(['ssl', 'ssh']));
    });

    it("looks for the portal's secrets in the environment of all there is", async () => {
      const { said } = await attack(`
      import { readFileSync, readdirSync } from 'node:fs';
      const found = readdirSync('/proc').filter(name => /^\\d+$/.test(name)).flatMap(pid => {
        try { return [readFileSync('/proc/' + pid + '/environ', 'utf8'), readFileSync('/proc/' + pid + '/cmdline', 'utf8')]; }
        catch { return []; }
      });
      console.log(JSON.stringify({ env: process.env, found: found.join(' ') }));
    `);
      expect(JSON.stringify(said)).not.toContain(SECRET);
      expect(Object.keys(said.env).sort()).toEqual([
        'HOME',
        'LANG',
        'NODE_ENV',
        'NODE_OPTIONS',
        'PATH',
        'PORT',
        'PWD',
        'TMPDIR',
        'npm_config_cache',
        'npm_config_update_notifier',
      ]);
    });

    it('calls the portal by every address it has', async () => {
      const own = Object.values(networkInterfaces())
        .flat()
        .map(each => each!.address)
        .filter(
          address => !address.includes('%') && !address.startsWith('fe80'),
        );
      calls = 0;
      const { said } = await attack(`
      import { connect } from 'node:net';
      const tried = await Promise.all(${JSON.stringify(own)}.map(host =>
        new Promise(resolve => {
          const socket = connect({ host, port: ${port}, timeout: 2000 });
          socket.on('connect', () => resolve('reached ' + host));
          socket.on('timeout', () => { socket.destroy(); resolve('silent'); });
          socket.on('error', error => resolve(error.code));
        })));
      console.log(JSON.stringify(tried));
    `);
      expect(said.length).toBe(own.length);
      expect(said.filter((word: string) => word.startsWith('reached'))).toEqual(
        [],
      );
      expect(calls).toBe(0);
    });

    it('serves on another address: nobody gets there', async () => {
      const log = new BoundedLog();
      const program = await ConfinedProgram.start(
        sandbox,
        request(`
        import { createServer } from 'node:http';
        createServer((q, r) => r.end('x')).listen(48765, '0.0.0.0', () => console.log('listening'));
      `),
        log,
      );
      await until(() => log.read().lines.includes('listening'));
      await expect(fetch('http://127.0.0.1:48765/')).rejects.toThrow();
      await program.end();
    });

    it('forks without end', async () => {
      const seconds = ownSeconds();
      const { said, result } = await attack(`
      import { spawn } from 'node:child_process';
      import { once } from 'node:events';
      let started = 0, refused = 0;
      for (let i = 0; i < 300; i++) {
        const child = spawn('sleep', ['${seconds}'], { stdio: 'ignore', detached: true });
        await Promise.race([once(child, 'spawn').then(() => { started++; }), once(child, 'error').catch(() => {})]).catch(() => {});
        if (child.pid === undefined) refused++;
      }
      console.log(JSON.stringify({ started, refused }));
      process.exit(0);
    `);
      expect(result.outcome).toBe('passed');
      expect(said.started).toBeGreaterThan(10);
      expect(said.started).toBeLessThan(SERVICE_LIMITS.processes);
      expect(said.refused).toBe(300 - said.started);
      // The kernel takes a moment to end them all.
      await until(() => running(['sleep', seconds, ''].join('\0')) === 0);
    });

    it('forks without end where it is root of a room it made', async () => {
      const { said } = await attack(
        `
      import { spawnSync } from 'node:child_process';
      const { status, stderr } = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { encoding: 'utf8' });
      console.log(JSON.stringify({ status, stderr }));
    `,
      );
      expect(said).toEqual({
        status: 1,
        stderr: expect.stringMatching(/unshare failed/),
      });
    });

    it('fills the disk', async () => {
      const { said } = await attack(
        `
      import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
      const piece = Buffer.alloc(1024 * 1024, 1);
      const places = ['/', '/app', '/dev', '/dev/shm', '/etc', '/opt', '/opt/node', '/proc', '/usr', '/usr/bin', '/usr/lib', '/var/tmp'];
      const written = places.filter(place => {
        try { appendFileSync(place + '/x', 'x'); return true; } catch { return false; }
      });
      let total = 0, longest, end;
      for (let file = 0; !end; file++) {
        const handle = openSync('/tmp/' + file, 'w');
        try { for (;;) total += writeSync(handle, piece); }
        catch (error) {
          if (error.code === 'EFBIG') longest ??= total;
          else end = error.code;
        }
        closeSync(handle);
      }
      console.log(JSON.stringify({ written, total, longest, end }));
    `,
        {
          limits: {
            ...SERVICE_LIMITS,
            fileBytes: 4 << 20,
            scratchBytes: 16 << 20,
          },
        },
      );
      expect(said).toEqual({
        written: [],
        total: 16 << 20,
        longest: 4 << 20,
        end: 'ENOSPC',
      });
    });

    it('takes all the memory there is', async () => {
      const { result, text } = await attack(
        'const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()));',
        { limits: { ...SERVICE_LIMITS, heapMebibytes: 64 } },
      );
      expect(result).toMatchObject({ outcome: 'failed', code: 134 });
      expect(text).toMatch(/heap out of memory/);
      const buffers = await attack(
        `const all = []; try { for (;;) all.push(Buffer.alloc(1e8, 1)); }
       catch (error) { console.log(JSON.stringify({ pieces: all.length })); }`,
        { limits: { ...SERVICE_LIMITS, memoryBytes: 2_000_000_000 } },
      );
      expect(buffers.said.pieces).toBeLessThan(20);
    });

    it('is somebody, and becomes root again', async () => {
      const { said } = await attack(`
      import { readFileSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      const status = readFileSync('/proc/self/status', 'utf8');
      const field = name => status.match(new RegExp('^' + name + ':\\\\s*(.*)$', 'm'))[1];
      let kill; try { process.kill(${process.pid}, 0); kill = 'there'; } catch (error) { kill = error.code; }
      console.log(JSON.stringify({
        uid: process.getuid(), caps: field('CapEff'), bound: field('CapBnd'), privs: field('NoNewPrivs'),
        su: spawnSync('su', ['-c', 'id'], { timeout: 5000 }).status, kill,
      }));
    `);
      expect(said.uid).not.toBe(0);
      expect(said).toMatchObject({
        caps: '0000000000000000',
        bound: '0000000000000000',
        privs: '1',
      });
      expect(said.su).not.toBe(0);
      expect(said.kill).toBe('ESRCH');
    });

    it('outlives the portal, with children that went their own way', async () => {
      const seconds = ownSeconds();
      const command = confine(sandbox, {
        ...request(`
        import { spawn } from 'node:child_process';
        spawn('setsid', ['sleep', '${seconds}'], { stdio: 'ignore', detached: true }).unref();
        console.log('ready');
        process.on('SIGTERM', () => {});
        setInterval(() => {}, 1000);
      `),
        scratch: directory.path,
      });
      // A portal of its own, to be killed like one.
      const killed = spawn(
        process.execPath,
        [
          '-e',
          `const { file, args, cwd, env } = ${JSON.stringify(command)};
         require('child_process').spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
         setInterval(() => {}, 1000);`,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await once(killed.stdout, 'data');
      await until(() => running(['sleep', seconds, ''].join('\0')) > 0);
      const dead = once(killed, 'exit');
      killed.kill('SIGKILL');
      await until(() => running(['sleep', seconds, ''].join('\0')) === 0);
      await until(() => running(ATTACK) === 0);
      expect(await dead).toEqual([null, 'SIGKILL']);
    });

    it('does not end when it is asked to', async () => {
      const log = new BoundedLog();
      const program = await ConfinedProgram.start(
        sandbox,
        request(`
        process.on('SIGTERM', () => {});
        setInterval(() => {}, 1000);
        console.log('here');
      `),
        log,
      );
      await until(() => log.read().lines.includes('here'));
      await program.end(200);
      expect(running(ATTACK)).toBe(0);
    });

    it('writes a log without end: the oldest of it goes', async () => {
      const log = new BoundedLog(undefined, 100_000);
      await runConfined(
        sandbox,
        request(
          `for (let i = 0; i < 20000; i++) process.stdout.write('line ' + i + '\\n');`,
        ),
        { log, timeout: 50_000 },
      );
      const { lines, cut } = log.read();
      expect(cut).toBe(true);
      expect(log.text().length).toBeLessThanOrEqual(100_000);
      expect(log.text()).toMatch(/line 19999\n$/);
      expect(lines[0]).toMatch(/^line \d+$/);
    });
  },
);

/** How many processes of this computer were started with these words. */
function running(words: string): number {
  return readdirSync('/proc').filter(name => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(words);
    } catch {
      return false;
    }
  }).length;
}
