import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestChildren, TestRows } from '../__testUtils__/testPortal';
import { TestClock } from '../__testUtils__/testClock';
import { WorkingCopy } from '../__testUtils__/testRemote';
import {
  testService,
  type TestServiceOptions,
} from '../__testUtils__/testService';
import { createRepository } from '../gitRemote/repository';
import { BoundedLog } from '../logs/boundedLog';
import { readProcesses, startTimeOf } from '../processes/processTable';
import { probeSandbox } from '../sandbox/probe';
import type { Sandbox } from '../sandbox/sandbox';
import { Deployer, type DeployerOptions, type DeployRequest } from './deployer';
import type { BuildRequest } from './build';

const SERVICE = 'service-1';
const SECRET = 'planted-secret-of-the-portal';

describe('the deployer', () => {
  const directory = createMockDirectory();
  let sandbox: Sandbox;
  let copy: WorkingCopy;
  let repository: string;
  let rows: TestRows;
  let children: TestChildren;
  let clock: TestClock;
  let deployer: Deployer;

  beforeAll(async () => {
    chmodSync(directory.path, 0o755);
    mkdirSync(directory.resolve('probe'));
    const found = await probeSandbox({ directory: directory.resolve('probe') });
    if (!found.supported) throw new Error(found.words[0].text);
    sandbox = found;
    repository = directory.resolve('r.git');
    await createRepository(repository);
    copy = await WorkingCopy.init(directory.resolve('copy'));
    await copy.git('remote', 'add', 'origin', repository);
  });

  beforeEach(async () => {
    rows = new TestRows();
    children = new TestChildren();
    clock = new TestClock();
    deployer = await portal();
  });
  afterEach(async () => {
    await deployer.close();
    await deployer.remove(SERVICE);
    expect(children.alive).toEqual([]);
    await deployer.close();
  });

  async function portal(change: Partial<DeployerOptions> = {}) {
    const made = new Deployer({
      logger: mockServices.logger.mock(),
      sandbox,
      directory: directory.resolve('local'),
      rows,
      children,
      clock,
      secrets: [SECRET],
      rules: { every: 50, within: 10_000 },
      ...change,
    });
    await made.start();
    return made;
  }

  async function commit(options: TestServiceOptions) {
    const sha = await copy.commit('change', testService(options));
    await copy.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
    return sha;
  }

  async function build(
    options: TestServiceOptions = {},
    change: Partial<BuildRequest> = {},
  ) {
    const log = new BoundedLog();
    const built = await deployer.build({
      service: SERVICE,
      repository,
      commit: await commit(options),
      log,
      ...change,
    });
    return { built, text: log.text() };
  }

  /** Builds a release; returns its digest. */
  async function release(options: TestServiceOptions = {}): Promise<string> {
    const { built, text } = await build(options);
    if (!built.green) throw new Error(`${built.failed} ${built.why}: ${text}`);
    return built.digest;
  }

  function deploy(digest: string, change: Partial<DeployRequest> = {}) {
    return deployer.deploy({
      service: SERVICE,
      release: digest,
      kind: 'deploy',
      ...change,
    });
  }

  function call(path: string, init?: RequestInit) {
    const { port } = rows.rows.get(SERVICE)!;
    return fetch(`http://127.0.0.1:${port}${path}`, init);
  }

  async function greeting() {
    return ((await (await call('/')).json()) as { greeting: string }).greeting;
  }

  describe('building', () => {
    it('checks out, installs and tests, and keeps what passed', async () => {
      const { built, text } = await build({ greeting: 'first' });
      expect(built).toEqual({
        green: true,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        skipped: [],
        seconds: {
          checkout: expect.any(Number),
          install: expect.any(Number),
          test: expect.any(Number),
        },
        reused: false,
      });
      expect(text).toMatch(/greets/);
      expect(children.ever).toHaveLength(2);
      expect(children.alive).toEqual([]);
      const folder = directory.resolve('local/releases', SERVICE);
      expect(readdirSync(folder)).toEqual([
        (built as { digest: string }).digest,
      ]);
      const again = await build({ greeting: 'first' });
      expect(again.built).toEqual({
        ...built,
        reused: true,
        seconds: { checkout: expect.any(Number) },
      });
    });

    it.each<[string, TestServiceOptions, object, RegExp]>([
      [
        'tests that fail',
        { test: 'node -e "console.log(1+1); process.exit(1)"' },
        { failed: 'test', why: 'failed' },
        /^2$/m,
      ],
      [
        'no lockfile',
        { files: { 'package-lock.json': '' } },
        { failed: 'install', why: 'refused' },
        /is no JSON/,
      ],
      [
        'a lockfile of something else',
        {
          files: {
            'package.json': JSON.stringify({ dependencies: { x: '1.0.0' } }),
          },
        },
        { failed: 'install', why: 'failed' },
        /npm/,
      ],
      [
        'too much of everything',
        {
          files: Object.fromEntries(
            Array.from({ length: 5_001 }, (_, n) => [`many/${n}`, '']),
          ),
        },
        { failed: 'checkout', why: 'refused' },
        /more than/,
      ],
    ])(
      'is red for %s, and leaves nothing',
      async (_, options, result, words) => {
        await copy.git('rm', '-rfq', '--ignore-unmatch', '.');
        const { built, text } = await build(options);
        expect(built).toMatchObject({ green: false, ...result });
        expect(text).toMatch(words);
        const folder = directory.resolve('local/releases', SERVICE);
        expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
        await copy.git('rm', '-rfq', '--ignore-unmatch', '.');
      },
    );

    it('tests without the portal, its variables and its network', async () => {
      const server = createServer((_, response) => response.end(SECRET));
      await listen(server);
      const { port } = server.address() as AddressInfo;
      process.env.PLANTED = SECRET;
      const { built, text } = await build({
        greeting: 'nosy',
        files: {
          'test/main.mjs': `
            import test from 'node:test';
            import assert from 'node:assert';
            test('looks around', async () => {
              console.log(JSON.stringify(process.env));
              if (${sandbox.isolation === 'bubblewrap'}) {
                await assert.rejects(fetch('http://127.0.0.1:${port}/'));
              }
            });
          `,
        },
      });
      delete process.env.PLANTED;
      server.close();
      expect({ built, text }).toMatchObject({ built: { green: true } });
      expect(text).toMatch(/NODE_ENV/);
      expect(text).not.toContain(SECRET);
    });

    it('ends with whoever wants it, or with its time', async () => {
      const options = { test: 'node -e "setInterval(() => {}, 1000)"' };
      const controller = new AbortController();
      const log = new BoundedLog();
      const running = deployer.build({
        service: SERVICE,
        repository,
        commit: await commit(options),
        log,
        signal: controller.signal,
      });
      await until(() => children.ever.length === 2);
      controller.abort();
      expect(await running).toMatchObject({
        green: false,
        failed: 'test',
        why: 'cancelled',
      });
      const late = deployer.build({
        service: SERVICE,
        repository,
        commit: await commit(options),
        log,
      });
      await until(() => children.ever.length === 4);
      await clock.pass(10 * 60_000);
      expect(await late).toMatchObject({ failed: 'test', why: 'too-long' });
      expect(log.text()).toMatch(/Ended after 300 s/);
    });

    it('packs a library and starts nothing', async () => {
      const { built, text } = await build(
        { greeting: 'library' },
        { library: true },
      );
      expect(built).toMatchObject({
        green: true,
        seconds: { pack: expect.any(Number) },
      });
      expect(text).toMatch(/hello-1\.0\.0\.tgz/);
    });
  });

  describe('serving', () => {
    it('starts a release, sees that it is healthy, and forwards to it', async () => {
      const digest = await release();
      const done = await deploy(digest, {
        env: { OTEL_SERVICE_NAME: 'hello' },
      });
      const address = deployer.addressOf(SERVICE)!;
      expect(done).toEqual({
        outcome: 'healthy',
        address,
        seconds: { health: expect.any(Number), ready: expect.any(Number) },
      });
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(rows.rows.get(SERVICE)).toEqual({
        state: 'healthy',
        reason: null,
        release: digest,
        port: Number(new URL(address).port),
      });
      expect(rows.states).toEqual(['starting', 'healthy']);
      expect(children.alive).toHaveLength(1);
      const { pid, startTime } = children.alive[0];
      expect(startTimeOf(pid)).toBe(startTime);

      const answer = await call('/a?b=c', { headers: { 'x-own': '1' } });
      const said = (await answer.json()) as Record<string, any>;
      expect(said).toMatchObject({ url: '/a?b=c', method: 'GET' });
      expect(said.headers).toMatchObject({
        host: new URL(address).host,
        'x-own': '1',
      });
      const env = (await (await call('/env')).json()) as object;
      const odd = Object.keys(env).filter(
        name => !/^(npm_config_|NODE_|OTEL_|PWD$|SHLVL$|_$)/.test(name),
      );
      expect(odd.sort()).toEqual([
        ...(sandbox.isolation === 'none' ? ['FAWKES_RUN'] : []),
        'HOME',
        'LANG',
        'PATH',
        'PORT',
        'TMPDIR',
      ]);
      expect(JSON.stringify(env)).not.toContain(SECRET);
    });

    it('hands on bodies, however long, and headers that come twice', async () => {
      await deploy(await release());
      const body = 'x'.repeat(5_000_000);
      const echo = await call('/echo', { method: 'POST', body });
      expect((await echo.text()).length).toBe(body.length);
      expect((await (await call('/big')).text()).length).toBe(64 * 65_536);
      const cookies = (await call('/cookies')).headers.getSetCookie();
      expect(cookies).toEqual(['a=1', 'b=2']);
      const many = await Promise.all(
        Array.from({ length: 40 }, () => greeting()),
      );
      expect(many).toEqual(many.map(() => 'hello'));
    });

    it('switches to a second release without anybody waiting or noticing', async () => {
      const first = await release({ greeting: 'one' });
      const second = await release({ greeting: 'two' });
      await deploy(first);
      const { port } = rows.rows.get(SERVICE)!;
      const heard: string[] = [];
      let going = true;
      const calling = (async () => {
        while (going) heard.push(await greeting());
      })();
      const done = await deploy(second, { previous: first });
      going = false;
      await calling;
      expect(done).toMatchObject({ outcome: 'healthy' });
      expect(await greeting()).toBe('two');
      expect(heard.join(' ')).toMatch(/^one( one)*( two)*$/);
      expect(rows.rows.get(SERVICE)).toMatchObject({ port, release: second });
      expect(rows.states).toEqual(['starting', 'healthy', 'healthy']);
      expect(children.alive).toHaveLength(1);
      // And back by hand.
      const back = await deploy(first, { kind: 'rollback', previous: second });
      expect(back).toMatchObject({ outcome: 'healthy' });
      expect(await greeting()).toBe('one');
    });

    it.each<[string, TestServiceOptions, object]>([
      ['is not ready', { ready: 503 }, { why: 'not-ready', code: 503 }],
      ['ends', { before: 'process.exit(9);' }, { why: 'exited', code: 9 }],
      [
        'says nothing',
        { before: 'await new Promise(r => setInterval(() => {}, 1000));' },
        { why: 'silent', code: null },
      ],
    ])('goes back when the new one %s', async (_, options, why) => {
      deployer = await portal({ rules: { every: 50, within: 3_000 } });
      const first = await release({ greeting: 'good' });
      const bad = await release({ greeting: 'bad', ...options });
      await deploy(first);
      const done = await deploy(bad, { previous: first });
      expect(done).toEqual({
        outcome: 'went-back',
        to: first,
        address: deployer.addressOf(SERVICE),
        why,
      });
      expect(await greeting()).toBe('good');
      expect(rows.rows.get(SERVICE)).toMatchObject({
        state: 'healthy',
        release: first,
      });
      expect(children.alive).toHaveLength(1);
    });

    it('has nothing to go back to the first time', async () => {
      const bad = await release({ ready: 500 });
      deployer = await portal({ rules: { every: 50, within: 1_000 } });
      expect(await deploy(bad)).toEqual({
        outcome: 'failed',
        why: { why: 'not-ready', code: 500 },
      });
      expect(rows.states.at(-1)).toBe('stopped: never_healthy');
      expect(children.alive).toEqual([]);
      const answer = await call('/');
      expect(answer.status).toBe(503);
      expect(await answer.text()).toMatch(/never became healthy/);
    });

    it('starts what was healthy before where nothing runs any more', async () => {
      const first = await release({ greeting: 'good' });
      const bad = await release({
        greeting: 'bad',
        before: 'process.exit(9);',
      });
      await deploy(first);
      await deployer.stop(SERVICE);
      expect(await deploy(bad, { previous: first })).toMatchObject({
        outcome: 'went-back',
        to: first,
      });
      expect(await greeting()).toBe('good');
    });

    it('leaves to a person what it cannot decide', async () => {
      const good = await release({ greeting: 'good' });
      const bad = await release({
        greeting: 'bad',
        before: 'process.exit(9);',
      });
      const worse = await release({
        greeting: 'x',
        before: 'process.exit(8);',
      });
      const why = { why: 'exited', code: 9 };
      expect(await deploy(bad, { previous: worse })).toEqual({
        outcome: 'needs-person',
        why,
      });
      expect(rows.states.at(-1)).toBe('unhealthy');
      expect(await deploy(bad, { previous: 'a'.repeat(64) })).toEqual({
        outcome: 'needs-person',
        why,
      });
      await deploy(good);
      expect(await deploy(bad, { kind: 'rollback' })).toEqual({
        outcome: 'needs-person',
        why,
      });
      // What served goes on meanwhile.
      expect(await greeting()).toBe('good');
      expect(await deploy('b'.repeat(64))).toEqual({ outcome: 'missing' });
    });

    it('gives way to a newer one', async () => {
      const slow = await release({
        greeting: 'slow',
        before: 'await new Promise(r => setInterval(() => {}, 1000));',
      });
      const newer = await release({ greeting: 'newer' });
      const controller = new AbortController();
      const first = deploy(slow, { signal: controller.signal });
      await until(() => children.alive.length === 1);
      controller.abort();
      const second = deploy(newer);
      expect(await first).toEqual({ outcome: 'superseded' });
      expect(await second).toMatchObject({ outcome: 'healthy' });
      expect(await greeting()).toBe('newer');
      expect(children.alive).toHaveLength(1);
      expect(await deploy(slow, { signal: AbortSignal.abort() })).toEqual({
        outcome: 'superseded',
      });
      expect(await greeting()).toBe('newer');
    });

    it('stops and starts, at the same address', async () => {
      const digest = await release();
      await deploy(digest);
      const { port } = rows.rows.get(SERVICE)!;
      await deployer.stop(SERVICE);
      expect(deployer.addressOf(SERVICE)).toBeUndefined();
      expect(rows.rows.get(SERVICE)).toEqual({
        state: 'stopped',
        reason: 'asked',
        release: digest,
        port,
      });
      expect((await call('/')).status).toBe(503);
      await deployer.stop(SERVICE);
      expect(rows.states).toEqual(['starting', 'healthy', 'stopped: asked']);
      const { lines } = await deployer.readLog(SERVICE);
      // It was asked, and had the time to say so.
      expect(lines).toContain('bye');
      await deploy(digest, { kind: 'start' });
      expect(rows.rows.get(SERVICE)).toMatchObject({ state: 'healthy', port });
      expect(await greeting()).toBe('hello');
    });

    it('lets a call under way come to its end', async () => {
      await deploy(await release());
      const slow = call('/slow');
      await greeting();
      await deployer.stop(SERVICE);
      expect(await (await slow).text()).toBe('slow');
    });

    it('says that a service ended by itself', async () => {
      const digest = await release();
      await deploy(digest);
      const answer = await call('/exit');
      expect(answer.status).toBe(502);
      await until(() => rows.states.at(-1) === 'stopped: exited');
      expect((await call('/')).status).toBe(503);
      expect(children.alive).toEqual([]);
    });

    it('stops what nobody called for eight hours', async () => {
      await deploy(await release());
      await clock.pass(7.9 * 3_600_000);
      await greeting();
      await clock.pass(7.9 * 3_600_000);
      expect(await greeting()).toBe('hello');
      await clock.pass(8.1 * 3_600_000);
      await until(() => rows.states.at(-1) === 'stopped: idle');
      expect(await (await call('/')).text()).toMatch(/nobody called it/);
    });

    it('keeps a log on disk, without the secrets of the portal', async () => {
      const digest = await release({
        before: `console.log('it is ${SECRET}'); console.error('oh');`,
      });
      await deploy(digest);
      const { lines, next } = await deployer.readLog(SERVICE);
      expect(lines).toEqual(
        expect.arrayContaining(['it is ***', 'oh', 'listening']),
      );
      await deployer.stop(SERVICE);
      deployer = await portal();
      const rest = await deployer.readLog(SERVICE, next);
      expect(rest.lines).toContain('Stopped: asked');
      expect(rest.lines).not.toContain('listening');
    });

    it('is given no variable but those of telemetry', async () => {
      const digest = await release();
      await expect(
        deploy(digest, { env: { NODE_OPTIONS: '--inspect' } }),
      ).rejects.toThrow(/no variable of a service/);
      expect(children.ever).toHaveLength(2);
      await expect(
        deployer.deploy({ service: '../x', release: digest, kind: 'deploy' }),
      ).rejects.toThrow(/no id of a service/);
    });

    it('ends what cannot be written down', async () => {
      const digest = await release();
      const before = children.ever.length;
      jest.spyOn(children, 'started').mockImplementationOnce(async mark => {
        children.ever.push(mark);
        throw new Error('the database is away');
      });
      await expect(deploy(digest)).rejects.toThrow('the database is away');
      const { pid } = children.ever[before];
      const alive = (await readProcesses()).some(entry => entry.pid === pid);
      expect(alive).toBe(false);
    });
  });

  describe('restarting', () => {
    it('comes back with everything stopped and its port kept', async () => {
      const digest = await release();
      await deploy(digest);
      const { port } = rows.rows.get(SERVICE)!;
      await deployer.close();
      expect(rows.states.at(-1)).toBe('stopped: portal_restarted');
      expect(children.alive).toEqual([]);
      deployer = await portal();
      expect(await deploy(digest, { kind: 'start' })).toMatchObject({
        outcome: 'healthy',
        address: `http://127.0.0.1:${port}`,
      });
    });

    it('takes another port where somebody has it by now', async () => {
      const digest = await release();
      await deploy(digest);
      const { port } = rows.rows.get(SERVICE)!;
      await deployer.close();
      const other = createServer();
      other.listen(port!, '127.0.0.1');
      await once(other, 'listening');
      deployer = await portal();
      await deploy(digest, { kind: 'start' });
      expect(rows.rows.get(SERVICE)!.port).not.toBe(port);
      expect(await greeting()).toBe('hello');
      other.close();
    });

    it('sweeps what a portal left that did not live to end it', async () => {
      const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
      await once(left, 'spawn');
      const ended = once(left, 'exit');
      const mark = { pid: left.pid!, startTime: startTimeOf(left.pid!)! };
      await children.started(mark);
      rows.rows.set(SERVICE, {
        state: 'healthy',
        reason: null,
        release: null,
        port: null,
      });
      const folder = directory.resolve('local/releases', SERVICE, 'building-x');
      mkdirSync(folder, { recursive: true });
      deployer = await portal();
      expect((await ended)[1]).toBe('SIGKILL');
      expect(children.alive).toEqual([]);
      expect(rows.rows.get(SERVICE)).toMatchObject({
        state: 'stopped',
        reason: 'portal_restarted',
      });
      expect(existsSync(folder)).toBe(false);
    });

    it.each([
      ['started-anew', 'portal_restarted'],
      ['other', 'other_machine'],
    ] as const)(
      'signals nobody where the machine is %s',
      async (machine, reason) => {
        const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
        await once(stranger, 'spawn');
        const { pid } = stranger;
        await children.started({ pid: pid!, startTime: startTimeOf(pid!)! });
        rows.rows.set(SERVICE, {
          state: 'starting',
          reason: null,
          release: null,
          port: null,
        });
        const made = new Deployer({
          logger: mockServices.logger.mock(),
          sandbox,
          directory: directory.resolve('local'),
          rows,
          children,
        });
        await made.start(machine);
        await made.close();
        expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
        expect(rows.rows.get(SERVICE)).toMatchObject({ reason });
        expect(children.alive).toEqual([]);
        stranger.kill('SIGKILL');
        await once(stranger, 'exit');
      },
    );
  });

  it('leaves nothing of a service that is removed', async () => {
    const digest = await release();
    const other = await release({ greeting: 'other' });
    await deploy(digest);
    await deployer.prune(SERVICE, [digest]);
    expect(await deploy(other)).toEqual({ outcome: 'missing' });
    const { port } = rows.rows.get(SERVICE)!;
    await deployer.remove(SERVICE);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    for (const folder of ['releases', 'logs']) {
      expect(readdirSync(directory.resolve('local', folder))).toEqual([]);
    }
    expect(children.alive).toEqual([]);
  });
});

async function listen(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

async function until(question: () => boolean): Promise<void> {
  while (!question()) await new Promise(resolve => setImmediate(resolve));
}
