import { createMockDirectory } from '@backstage/backend-test-utils';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  groups,
  TestRemote,
  TOKENS,
  WorkingCopy,
} from '../__testUtils__/testRemote';
import { until } from '../__testUtils__/until';
import { movesSince } from './moves';
import { createRepository, deleteRepository, tipOf } from './repository';

const MIRA = 'user:default/mira';
const JONAS = 'user:default/jonas';

describe('a git remote, and what does not go well', () => {
  const directory = createMockDirectory();
  let served: TestRemote;
  let repository: string;
  let copy: WorkingCopy;

  beforeEach(async () => {
    directory.clear();
    await begin();
  });
  afterEach(() => served.remote.stop());

  async function begin(options = {}, port?: number) {
    served = new TestRemote(directory.resolve('repositories'), options);
    repository = await served.add('default/pay');
    await served.remote.start(port);
    copy = await WorkingCopy.init(directory.resolve('copy'));
  }

  function push(user: string, ...refs: string[]) {
    return copy.git('push', '--quiet', served.urlFor(user), ...refs);
  }

  it('cuts a push that is too large while it comes, and stays as it was', async () => {
    await served.remote.stop();
    await begin({ mostPushBytes: 2_000_000 });
    await copy.commit('big', { big: randomBytes(8_000_000) });
    await expect(push(MIRA, 'main')).rejects.toThrow(/413/);
    expect(await tipOf(repository)).toBeUndefined();
    expect(served.pushes).toEqual([]);
    expect(readdirSync(join(repository, 'objects')).sort()).toEqual([
      'info',
      'pack',
    ]);
    const small = await WorkingCopy.init(directory.resolve('small'));
    const commit = await small.commit('small', { a: '1' });
    await small.git('push', '--quiet', served.urlFor(MIRA), 'main');
    expect(await tipOf(repository)).toBe(commit);
  });

  it('takes no push where a repository is full', async () => {
    await served.remote.stop();
    await begin({ mostRepositoryBytes: 100_000 });
    await copy.commit('big', { big: randomBytes(300_000) });
    await push(MIRA, 'main');
    await copy.commit('more', { a: '1' });
    await expect(push(MIRA, 'main')).rejects.toThrow(/413/);
  });

  it('gives git nothing of the portal', async () => {
    process.env.PLANTED = 'planted-secret-of-the-portal';
    served.beginPush(MIRA).on('error', () => {});
    await until(async () => (await groups()).length > 1);
    delete process.env.PLANTED;
    const said = (await groups()).flatMap(({ pid }) =>
      ['environ', 'cmdline'].map(name =>
        readFileSync(`/proc/${pid}/${name}`, 'utf8'),
      ),
    );
    expect(said.join()).toContain('http-backend');
    expect(said.join()).not.toContain('planted-secret');
    expect(said.join()).not.toContain(TOKENS[MIRA]);
    expect(said.join()).not.toMatch(/\0HOME=(?!\/dev\/null\0)/);
  });

  it('kills the whole of a push whose client leaves', async () => {
    const socket = served.beginPush(MIRA);
    // Git's CGI program and the program that takes the push.
    await until(async () => (await groups()).length > 1);
    socket.destroy();
    await until(async () => (await groups()).length === 0);
    await copy.commit('first', { a: '1' });
    await push(MIRA, 'main');
    expect(served.pushes).toHaveLength(1);
    expect(served.logger.error).not.toHaveBeenCalled();
  });

  it('ends what takes too long', async () => {
    await served.remote.stop();
    await begin({ timeout: 500 });
    await once(served.beginPush(MIRA).resume(), 'close');
    await until(async () => (await groups()).length === 0);
    expect(served.pushes).toEqual([]);
  });

  it('ends what is under way when it stops', async () => {
    served.beginPush(MIRA).on('error', () => {});
    await until(async () => (await groups()).length > 1);
    await served.remote.stop();
    expect(await groups()).toEqual([]);
    expect(served.logger.error).not.toHaveBeenCalled();
  });

  it('takes locks away that a kill left', async () => {
    await copy.commit('first', { a: '1' });
    await push(MIRA, 'main');
    writeFileSync(join(repository, 'refs/heads/main.lock'), '');
    const second = await copy.commit('second', { a: '2' });
    await expect(push(MIRA, 'main')).rejects.toThrow(/failed to update ref/);
    await served.remote.leave(repository);
    await push(MIRA, 'main');
    expect(await tipOf(repository)).toBe(second);
  });

  it('asks for its port again, and takes another where it is taken', async () => {
    const port = served.port;
    await served.remote.stop();
    await begin({}, port);
    expect(served.port).toBe(port);
    const second = new TestRemote(directory.resolve('others'));
    const other = await second.remote.start(port);
    expect(other).not.toBe(port);
    await second.remote.stop();
  });

  it('finds pushes that were never told', async () => {
    await served.remote.stop();
    await begin({
      onPushed: async () => {
        throw new Error('the database is away');
      },
    });
    const first = await copy.commit('first', { a: '1' });
    await push(MIRA, 'main');
    const second = await copy.commit('second', { a: '2' });
    await push(JONAS, 'main');
    expect(served.logger.error).toHaveBeenCalledTimes(2);
    expect(await movesSince(repository, null)).toMatchObject([
      { before: null, after: first, user: MIRA },
      { before: first, after: second, user: JONAS },
    ]);
    expect(await movesSince(repository, first)).toMatchObject([
      { before: first, after: second, user: JONAS },
    ]);
    expect(await movesSince(repository, second)).toEqual([]);
  });

  it('makes a repository once, and deletes it with what works in it ended', async () => {
    expect(await createRepository(repository)).toBe(false);
    served.beginPush(MIRA).on('error', () => {});
    await until(async () => (await groups()).length > 1);
    served.known.clear();
    await served.remote.leave(repository);
    expect(await groups()).toEqual([]);
    expect(served.logger.error).not.toHaveBeenCalled();
    await deleteRepository(repository);
    await deleteRepository(repository);
    expect(readdirSync(served.root)).toEqual([]);
  });
});
