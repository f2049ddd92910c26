import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DeployerHarness,
  SECRET,
  SERVICE,
} from '../__testUtils__/deployerHarness';
import type { TestServiceOptions } from '../__testUtils__/testService';
import { until } from '../__testUtils__/until';
import { BoundedLog } from '../logs/boundedLog';

describe('building a commit', () => {
  const at = new DeployerHarness();

  it('checks out, installs and tests, and keeps what passed', async () => {
    const { built, text } = await at.build({ greeting: 'first' });
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
    expect(at.children.ever).toHaveLength(2);
    expect(at.children.alive).toEqual([]);
    const folder = at.directory.resolve('local/releases', SERVICE);
    expect(readdirSync(folder)).toEqual([(built as { digest: string }).digest]);
    const again = await at.build({ greeting: 'first' });
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
  ])('is red for %s, and leaves nothing', async (_, options, result, words) => {
    await at.copy.git('rm', '-rfq', '--ignore-unmatch', '.');
    const { built, text } = await at.build(options);
    expect(built).toMatchObject({ green: false, ...result });
    expect(text).toMatch(words);
    const folder = at.directory.resolve('local/releases', SERVICE);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
    await at.copy.git('rm', '-rfq', '--ignore-unmatch', '.');
  });

  it('tests without the portal, its variables and its network', async () => {
    const server = createServer((_, response) => response.end(SECRET));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    process.env.PLANTED = SECRET;
    const { built, text } = await at.build({
      greeting: 'nosy',
      files: {
        'test/main.mjs': `
          import test from 'node:test';
          import assert from 'node:assert';
          test('looks around', async () => {
            console.log(JSON.stringify(process.env));
            if (${at.sandbox.isolation === 'bubblewrap'}) {
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
    const running = at.deployer.build({
      service: SERVICE,
      repository: at.repository,
      commit: await at.commit(options),
      log,
      signal: controller.signal,
    });
    await until(() => at.children.ever.length === 2);
    controller.abort();
    expect(await running).toMatchObject({
      green: false,
      failed: 'test',
      why: 'cancelled',
    });
    const late = at.deployer.build({
      service: SERVICE,
      repository: at.repository,
      commit: await at.commit(options),
      log,
    });
    await until(() => at.children.ever.length === 4);
    await at.clock.pass(10 * 60_000);
    expect(await late).toMatchObject({ failed: 'test', why: 'too-long' });
    expect(log.text()).toMatch(/Ended after 300 s/);
  });

  it('packs a library and starts nothing', async () => {
    const { built, text } = await at.build(
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
