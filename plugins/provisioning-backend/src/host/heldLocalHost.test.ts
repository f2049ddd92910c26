import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCAL_TYPES, localDrivers } from '../effects/local';
import { until } from '../local/__testUtils__/until';
import { TestDelivery } from './__testUtils__/hostHarness';
import { MIRA, TestCore } from './__testUtils__/testCore';
import { HeldLocalHost } from './heldLocalHost';
import type { HostParts } from './parts';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

it('names every type that has a driver', () => {
  const types = localDrivers({} as HostParts).flatMap(driver => driver.types);
  expect([...LOCAL_TYPES].sort()).toEqual(types.sort());
});

describe('the local host of one replica among several', () => {
  const directory = createMockDirectory();
  const core = new TestCore();
  let first: HeldLocalHost;
  let second: HeldLocalHost;

  beforeAll(async () => {
    const db = await databases.init('SQLITE_3');
    await db.migrate.latest({
      directory: join(__dirname, '../../migrations'),
    });
    const local = directory.resolve('local');
    mkdirSync(local);
    for (const each of [dirname(directory.path), directory.path, local]) {
      chmodSync(each, 0o755);
    }
    const find = () =>
      HeldLocalHost.find(core, {
        db,
        directory: local,
        logger: mockServices.logger.mock(),
        events: mockServices.events.mock(),
        delivery: new TestDelivery(),
        credentials: async () => mockCredentials.service(),
      });
    first = await find();
    second = await find();
  });
  afterAll(async () => {
    await first.close();
    await second.close();
  });

  const elsewhere = /Another replica/;

  it('says what this computer can, and makes nothing before it is held', async () => {
    const request = core.add({ 'README.md': '1' });
    core.drivers = first.drivers;
    expect(first.obstacle()).toBeUndefined();
    expect(first.checks().map(({ name }) => name)).toContain('git');
    expect(await first.serviceOf(request.id)).toMatchObject({ state: 'none' });
    expect(await first.entities({ limit: 1 })).toMatchObject({ items: [] });
    expect(await first.observe(request)).toBe('unknown');
    expect(await first.cloneUrlOf(request.id)).toBeNull();
    for (const attempt of [
      () => core.make('repo:ensure', request),
      () => first.start(request.id),
      () => first.stop(request.id),
      () => first.makeToken(MIRA, request.id),
    ]) {
      await expect(attempt()).rejects.toThrow(elsewhere);
    }
    core.requests.clear();
  });

  it('makes while it is held, and the next one goes on where it was left', async () => {
    const request = core.add({ 'README.md': '1' });
    const lease = new AbortController();
    await first.hold(lease.signal);
    core.drivers = first.drivers;
    const run = core.run();
    const made = await core.make('repo:ensure', request, run);
    expect(made).toMatchObject({ state: 'done' });
    const address = await first.cloneUrlOf(request.id);
    expect(await second.cloneUrlOf(request.id)).toBeNull();

    lease.abort(new Error('The lease is lost'));
    await until(async () => (await first.cloneUrlOf(request.id)) === null);
    await expect(first.start(request.id)).rejects.toThrow(elsewhere);
    await first.close();

    await second.hold(new AbortController().signal);
    core.drivers = second.drivers;
    expect(await second.cloneUrlOf(request.id)).toBe(address);
    expect(await core.lookUp('repo:ensure', request, run)).toMatchObject({
      state: 'done',
      output: { commit: (made as any).output.commit },
    });
  });

  it('is not held by who lost the lease before it began', async () => {
    await expect(
      first.hold(AbortSignal.abort(new Error('Too late'))),
    ).rejects.toThrow('Too late');
  });
});
