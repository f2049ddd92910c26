import {
  DeployerHarness,
  SECRET,
  SERVICE,
} from '../__testUtils__/deployerHarness';
import type { TestServiceOptions } from '../__testUtils__/testService';
import { until } from '../__testUtils__/until';
import { startTimeOf } from '../processes/processTable';

describe('serving a release', () => {
  const at = new DeployerHarness();

  it('starts a release, sees that it is healthy, and forwards to it', async () => {
    const digest = await at.release();
    const done = await at.deploy(digest, {
      env: { OTEL_SERVICE_NAME: 'hello' },
    });
    const address = at.deployer.addressOf(SERVICE)!;
    expect(done).toEqual({
      outcome: 'healthy',
      address,
      seconds: { health: expect.any(Number), ready: expect.any(Number) },
    });
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(at.row).toEqual({
      state: 'healthy',
      reason: null,
      release: digest,
      port: Number(new URL(address).port),
    });
    expect(at.rows.states).toEqual(['starting', 'healthy']);
    expect(at.children.alive).toHaveLength(1);
    const { pid, startTime } = at.children.alive[0];
    expect(startTimeOf(pid)).toBe(startTime);

    const answer = await at.call('/a?b=c', { headers: { 'x-own': '1' } });
    const said = (await answer.json()) as Record<string, any>;
    expect(said).toMatchObject({ url: '/a?b=c', method: 'GET' });
    expect(said.headers).toMatchObject({
      host: new URL(address).host,
      'x-own': '1',
    });
    const env = (await (await at.call('/env')).json()) as object;
    const odd = Object.keys(env).filter(
      name => !/^(npm_config_|NODE_|OTEL_|PWD$|SHLVL$|_$)/.test(name),
    );
    expect(odd.sort()).toEqual([
      ...(at.sandbox.isolation === 'none' ? ['FAWKES_RUN'] : []),
      'HOME',
      'LANG',
      'PATH',
      'PORT',
      'TMPDIR',
    ]);
    expect(JSON.stringify(env)).not.toContain(SECRET);
  });

  it('hands on bodies, however long, and headers that come twice', async () => {
    await at.deploy(await at.release());
    const body = 'x'.repeat(5_000_000);
    const echo = await at.call('/echo', { method: 'POST', body });
    expect((await echo.text()).length).toBe(body.length);
    expect((await (await at.call('/big')).text()).length).toBe(64 * 65_536);
    const cookies = (await at.call('/cookies')).headers.getSetCookie();
    expect(cookies).toEqual(['a=1', 'b=2']);
    const many = await Promise.all(
      Array.from({ length: 40 }, () => at.greeting()),
    );
    expect(many).toEqual(many.map(() => 'hello'));
  });

  it('switches to a second release without anybody waiting or noticing', async () => {
    const first = await at.release({ greeting: 'one' });
    const second = await at.release({ greeting: 'two' });
    await at.deploy(first);
    const { port } = at.row!;
    const heard: string[] = [];
    let going = true;
    const calling = (async () => {
      while (going) heard.push(await at.greeting());
    })();
    const done = await at.deploy(second, { previous: first });
    going = false;
    await calling;
    expect(done).toMatchObject({ outcome: 'healthy' });
    expect(await at.greeting()).toBe('two');
    expect(heard.join(' ')).toMatch(/^one( one)*( two)*$/);
    expect(at.row).toMatchObject({ port, release: second });
    expect(at.rows.states).toEqual(['starting', 'healthy', 'healthy']);
    expect(at.children.alive).toHaveLength(1);
    // And back by hand.
    const back = await at.deploy(first, { kind: 'rollback', previous: second });
    expect(back).toMatchObject({ outcome: 'healthy' });
    expect(await at.greeting()).toBe('one');
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
    await at.restart({ rules: { every: 50, within: 3_000 } });
    const first = await at.release({ greeting: 'good' });
    const bad = await at.release({ greeting: 'bad', ...options });
    await at.deploy(first);
    const done = await at.deploy(bad, { previous: first });
    expect(done).toEqual({
      outcome: 'went-back',
      to: first,
      address: at.deployer.addressOf(SERVICE),
      why,
    });
    expect(await at.greeting()).toBe('good');
    expect(at.row).toMatchObject({
      state: 'healthy',
      release: first,
    });
    expect(at.children.alive).toHaveLength(1);
  });

  it('has nothing to go back to the first time', async () => {
    const bad = await at.release({ ready: 500 });
    await at.restart({ rules: { every: 50, within: 1_000 } });
    expect(await at.deploy(bad)).toEqual({
      outcome: 'failed',
      why: { why: 'not-ready', code: 500 },
    });
    expect(at.rows.states.at(-1)).toBe('stopped: never_healthy');
    expect(at.children.alive).toEqual([]);
    const answer = await at.call('/');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(/never became healthy/);
  });

  it('starts what was healthy before where nothing runs any more', async () => {
    const first = await at.release({ greeting: 'good' });
    const bad = await at.release({
      greeting: 'bad',
      before: 'process.exit(9);',
    });
    await at.deploy(first);
    await at.deployer.stop(SERVICE);
    expect(await at.deploy(bad, { previous: first })).toMatchObject({
      outcome: 'went-back',
      to: first,
    });
    expect(await at.greeting()).toBe('good');
  });

  it('leaves to a person what it cannot decide', async () => {
    const good = await at.release({ greeting: 'good' });
    const bad = await at.release({
      greeting: 'bad',
      before: 'process.exit(9);',
    });
    const worse = await at.release({
      greeting: 'x',
      before: 'process.exit(8);',
    });
    const why = { why: 'exited', code: 9 };
    expect(await at.deploy(bad, { previous: worse })).toEqual({
      outcome: 'needs-person',
      why,
    });
    expect(at.rows.states.at(-1)).toBe('unhealthy');
    expect(await at.deploy(bad, { previous: 'a'.repeat(64) })).toEqual({
      outcome: 'needs-person',
      why,
    });
    await at.deploy(good);
    expect(await at.deploy(bad, { kind: 'rollback' })).toEqual({
      outcome: 'needs-person',
      why,
    });
    // What served goes on meanwhile.
    expect(await at.greeting()).toBe('good');
    expect(await at.deploy('b'.repeat(64))).toEqual({ outcome: 'missing' });
  });

  it('gives way to a newer one', async () => {
    const slow = await at.release({
      greeting: 'slow',
      before: 'await new Promise(r => setInterval(() => {}, 1000));',
    });
    const newer = await at.release({ greeting: 'newer' });
    const controller = new AbortController();
    const first = at.deploy(slow, { signal: controller.signal });
    await until(() => at.children.alive.length === 1);
    controller.abort();
    const second = at.deploy(newer);
    expect(await first).toEqual({ outcome: 'superseded' });
    expect(await second).toMatchObject({ outcome: 'healthy' });
    expect(await at.greeting()).toBe('newer');
    expect(at.children.alive).toHaveLength(1);
    expect(await at.deploy(slow, { signal: AbortSignal.abort() })).toEqual({
      outcome: 'superseded',
    });
    expect(await at.greeting()).toBe('newer');
  });

  it('stops and starts, at the same address', async () => {
    const digest = await at.release();
    await at.deploy(digest);
    const { port } = at.row!;
    await at.deployer.stop(SERVICE);
    expect(at.deployer.addressOf(SERVICE)).toBeUndefined();
    expect(at.row).toEqual({
      state: 'stopped',
      reason: 'asked',
      release: digest,
      port,
    });
    expect((await at.call('/')).status).toBe(503);
    await at.deployer.stop(SERVICE);
    expect(at.rows.states).toEqual(['starting', 'healthy', 'stopped: asked']);
    const { lines } = await at.deployer.readLog(SERVICE);
    // It was asked, and had the time to say so.
    expect(lines).toContain('bye');
    await at.deploy(digest, { kind: 'start' });
    expect(at.row).toMatchObject({ state: 'healthy', port });
    expect(await at.greeting()).toBe('hello');
  });

  it('lets a call under way come to its end', async () => {
    await at.deploy(await at.release());
    const slow = at.call('/slow');
    await at.greeting();
    await at.deployer.stop(SERVICE);
    expect(await (await slow).text()).toBe('slow');
  });

  it('says that a service ended by itself', async () => {
    const digest = await at.release();
    await at.deploy(digest);
    const answer = await at.call('/exit');
    expect(answer.status).toBe(502);
    await until(() => at.rows.states.at(-1) === 'stopped: exited');
    expect((await at.call('/')).status).toBe(503);
    expect(at.children.alive).toEqual([]);
  });

  it('stops what nobody called for eight hours', async () => {
    await at.deploy(await at.release());
    await at.clock.pass(7.9 * 3_600_000);
    await at.greeting();
    await at.clock.pass(7.9 * 3_600_000);
    expect(await at.greeting()).toBe('hello');
    await at.clock.pass(8.1 * 3_600_000);
    await until(() => at.rows.states.at(-1) === 'stopped: idle');
    expect(await (await at.call('/')).text()).toMatch(/nobody called it/);
  });

  it('keeps a log on disk, without the secrets of the portal', async () => {
    const digest = await at.release({
      before: `console.log('it is ${SECRET}'); console.error('oh');`,
    });
    await at.deploy(digest);
    // It answers before its words have gone through the pipe.
    const said = async () => (await at.deployer.readLog(SERVICE)).lines;
    await until(async () => (await said()).includes('listening'));
    const { lines, next } = await at.deployer.readLog(SERVICE);
    expect(lines).toEqual(
      expect.arrayContaining(['it is ***', 'oh', 'listening']),
    );
    await at.deployer.stop(SERVICE);
    await at.restart();
    const rest = await at.deployer.readLog(SERVICE, next);
    expect(rest.lines).toContain('Stopped: asked');
    expect(rest.lines).not.toContain('listening');
  });

  it('is given no variable but those of telemetry', async () => {
    const digest = await at.release();
    await expect(
      at.deploy(digest, { env: { NODE_OPTIONS: '--inspect' } }),
    ).rejects.toThrow(/no variable of a service/);
    expect(at.children.ever).toHaveLength(2);
    await expect(
      at.deployer.deploy({ service: '../x', release: digest, kind: 'deploy' }),
    ).rejects.toThrow(/no id of a service/);
  });

  it('ends what cannot be written down', async () => {
    const digest = await at.release();
    const before = at.children.ever.length;
    jest.spyOn(at.children, 'started').mockImplementationOnce(async mark => {
      at.children.ever.push(mark);
      throw new Error('the database is away');
    });
    await expect(at.deploy(digest)).rejects.toThrow('the database is away');
    const { pid, startTime } = at.children.ever[before];
    expect(startTimeOf(pid)).not.toBe(startTime);
  });
});
