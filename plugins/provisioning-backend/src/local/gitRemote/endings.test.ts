import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RemoteHarness } from '../__testUtils__/remoteHarness';
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
  const at = new RemoteHarness();

  it('cuts a push that is too large while it comes, and stays as it was', async () => {
    await at.beginAgain({ mostPushBytes: 2_000_000 });
    await at.copy.commit('big', { big: randomBytes(8_000_000) });
    await expect(at.push(MIRA, 'main')).rejects.toThrow(/413/);
    expect(await tipOf(at.repository)).toBeUndefined();
    expect(at.served.pushes).toEqual([]);
    expect(readdirSync(join(at.repository, 'objects')).sort()).toEqual([
      'info',
      'pack',
    ]);
    const small = await WorkingCopy.init(at.directory.resolve('small'));
    const commit = await small.commit('small', { a: '1' });
    await small.git('push', '--quiet', at.served.urlFor(MIRA), 'main');
    expect(await tipOf(at.repository)).toBe(commit);
  });

  it('takes no push where a repository is full', async () => {
    await at.beginAgain({ mostRepositoryBytes: 100_000 });
    await at.copy.commit('big', { big: randomBytes(300_000) });
    await at.push(MIRA, 'main');
    await at.copy.commit('more', { a: '1' });
    await expect(at.push(MIRA, 'main')).rejects.toThrow(/413/);
  });

  it('gives git nothing of the portal', async () => {
    process.env.PLANTED = 'planted-secret-of-the-portal';
    at.served.beginPush(MIRA).on('error', () => {});
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
    const socket = at.served.beginPush(MIRA);
    // Git's CGI program and the program that takes the push.
    await until(async () => (await groups()).length > 1);
    socket.destroy();
    await until(async () => (await groups()).length === 0);
    await at.copy.commit('first', { a: '1' });
    await at.push(MIRA, 'main');
    expect(at.served.pushes).toHaveLength(1);
    expect(at.served.logger.error).not.toHaveBeenCalled();
  });

  it('ends what takes too long', async () => {
    await at.beginAgain({ timeout: 500 });
    await once(at.served.beginPush(MIRA).resume(), 'close');
    await until(async () => (await groups()).length === 0);
    expect(at.served.pushes).toEqual([]);
  });

  it('ends what is under way when it stops', async () => {
    at.served.beginPush(MIRA).on('error', () => {});
    await until(async () => (await groups()).length > 1);
    await at.served.remote.stop();
    expect(await groups()).toEqual([]);
    expect(at.served.logger.error).not.toHaveBeenCalled();
  });

  it('takes locks away that a kill left', async () => {
    await at.copy.commit('first', { a: '1' });
    await at.push(MIRA, 'main');
    writeFileSync(join(at.repository, 'refs/heads/main.lock'), '');
    const second = await at.copy.commit('second', { a: '2' });
    await expect(at.push(MIRA, 'main')).rejects.toThrow(/failed to update ref/);
    await at.served.remote.leave(at.repository);
    await at.push(MIRA, 'main');
    expect(await tipOf(at.repository)).toBe(second);
  });

  it('asks for its port again, and takes another where it is taken', async () => {
    const port = at.served.port;
    await at.beginAgain({}, port);
    expect(at.served.port).toBe(port);
    const second = new TestRemote(at.directory.resolve('others'));
    const other = await second.remote.start(port);
    expect(other).not.toBe(port);
    await second.remote.stop();
  });

  it('finds pushes that were never told', async () => {
    await at.beginAgain({
      onPushed: async () => {
        throw new Error('the database is away');
      },
    });
    const first = await at.copy.commit('first', { a: '1' });
    await at.push(MIRA, 'main');
    const second = await at.copy.commit('second', { a: '2' });
    await at.push(JONAS, 'main');
    expect(at.served.logger.error).toHaveBeenCalledTimes(2);
    expect(await movesSince(at.repository, null)).toMatchObject([
      { before: null, after: first, user: MIRA },
      { before: first, after: second, user: JONAS },
    ]);
    expect(await movesSince(at.repository, first)).toMatchObject([
      { before: first, after: second, user: JONAS },
    ]);
    expect(await movesSince(at.repository, second)).toEqual([]);
  });

  it('makes a repository once, and deletes it with what works in it ended', async () => {
    expect(await createRepository(at.repository)).toBe(false);
    at.served.beginPush(MIRA).on('error', () => {});
    await until(async () => (await groups()).length > 1);
    at.served.known.clear();
    await at.served.remote.leave(at.repository);
    expect(await groups()).toEqual([]);
    expect(at.served.logger.error).not.toHaveBeenCalled();
    await deleteRepository(at.repository);
    await deleteRepository(at.repository);
    expect(readdirSync(at.served.root)).toEqual([]);
  });
});
