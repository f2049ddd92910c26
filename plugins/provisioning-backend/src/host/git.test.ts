import { tipOf } from '../local';
import { HostHarness } from './__testUtils__/hostHarness';
import { JONAS, MIRA } from './__testUtils__/testCore';
import { gitNameOf } from './gitAccess';

const FILES = { 'README.md': '# pay\n' };
const HOUR = 3_600_000;

describe('git on this computer', () => {
  const at = HostHarness.each();

  it('calls nobody by a name that an address or a password cannot carry, and no two alike', () => {
    const refs = [MIRA, JONAS, 'user:guests/mira', 'user:default/guests.mira'];
    const names = refs.map(gitNameOf);
    expect(names).toEqual(['mira', 'jonas', 'guests~mira', 'guests.mira']);
    for (const name of names) {
      expect(encodeURIComponent(name)).toBe(name);
    }
  });

  async function made() {
    const { core } = at.current;
    const request = core.add(FILES);
    await core.make('repo:ensure', request);
    const directory = `${at.current.local}/repositories/${request.id}.git`;
    return { core, request, directory };
  }

  it('lets a person in by a token of their own, for one repository and eight hours', async () => {
    const { request, core } = await made();
    const other = core.add(FILES, { name: 'shop' });
    await core.make('repo:ensure', other);
    const copy = await at.current.clone(request);
    const url = await at.current.urlFor(request);
    await copy.git('ls-remote', url);
    const wrong = new URL(url);
    wrong.pathname = '/default/shop.git';
    await expect(copy.git('ls-remote', wrong.href)).rejects.toThrow(
      /not found/,
    );
    const stolen = new URL(url);
    stolen.username = gitNameOf(JONAS);
    await expect(copy.git('ls-remote', stolen.href)).rejects.toThrow();
    await at.current.clock.pass(8 * HOUR - 60_000);
    await copy.git('ls-remote', url);
    await at.current.clock.pass(60_000);
    await expect(copy.git('ls-remote', url)).rejects.toThrow();
  });

  it('asks what a person may do at that moment, and keeps no token', async () => {
    const { request, directory } = await made();
    const { db, host } = at.current;
    const { token, user } = await host.makeToken(JONAS, request.id);
    expect(user).toBe('jonas');
    expect(JSON.stringify(await db('local_git_tokens'))).not.toContain(token);
    const copy = await at.current.clone(request, JONAS);
    const tip = await tipOf(directory);
    await copy.commit('no', { a: '1' });
    await expect(copy.git('push', 'origin', 'main')).rejects.toThrow(/403/);
    expect(await tipOf(directory)).toBe(tip);
    at.current.core.mayUse = async () => ({ pull: false, push: false });
    await expect(copy.git('fetch')).rejects.toThrow(/not found/);
  });

  it('says that it cannot say, while the catalog is away', async () => {
    const { request } = await made();
    const url = new URL(await at.current.urlFor(request));
    at.current.core.mayUse = async () => {
      throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    };
    const { username, password, pathname, origin } = url;
    const answer = await fetch(
      `${origin}${pathname}/info/refs?service=git-upload-pack`,
      {
        headers: {
          authorization: `Basic ${btoa(`${username}:${password}`)}`,
        },
      },
    );
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('refuses branches that are the portal’s', async () => {
    const { request } = await made();
    const copy = await at.current.clone(request);
    await expect(
      copy.git('push', 'origin', 'main:fawkes/update-2'),
    ).rejects.toThrow(/deny updating a hidden ref/);
  });

  it('tells each push to main once, with who pushed; other branches are nobody’s news', async () => {
    const { request, core } = await made();
    core.pushes.length = 0;
    const copy = await at.current.clone(request);
    const first = await copy.commit('first', { a: '1' });
    await copy.git('push', '--quiet', 'origin', 'main', 'main:topic');
    const second = await copy.commit('second', { a: '2' });
    await copy.git('push', '--quiet', 'origin', 'main');
    await at.current.restart();
    const told = (commit: string) => ({
      requestId: request.id,
      commit,
      by: MIRA,
    });
    expect(core.pushes).toEqual([told(first), told(second)]);
  });

  it('tells later what the core could not keep, in order, and tells it once', async () => {
    const { request, core } = await made();
    core.pushes.length = 0;
    const copy = await at.current.clone(request);
    core.onPushed = () => {
      throw new Error('The database is away');
    };
    const first = await copy.commit('first', { a: '1' });
    await copy.git('push', '--quiet', 'origin', 'main');
    const second = await copy.commit('second', { a: '2' });
    await copy.git('push', '--quiet', 'origin', 'main');
    expect(core.pushes).toEqual([]);
    core.onPushed = () => {};
    // As after a crash: nothing but the rows and the reflog is left.
    await at.current.restart();
    expect(core.pushes.map(({ commit }) => commit)).toEqual([first, second]);
    await at.current.restart();
    expect(core.pushes).toHaveLength(2);
  });

  it('finds a push that came while nobody listened', async () => {
    const { request, core, directory } = await made();
    core.pushes.length = 0;
    const copy = await at.current.clone(request);
    const commit = await copy.commit('first', { a: '1' });
    // Git moved main, and the portal died before it heard of it.
    const killed = new Error('The portal died');
    const { pushed } = core;
    core.pushed = async () => {
      throw killed;
    };
    await copy.git('push', '--quiet', 'origin', 'main');
    core.pushed = pushed;
    await at.current.restart();
    expect(core.pushes).toEqual([{ requestId: request.id, commit, by: MIRA }]);
    expect(await tipOf(directory)).toBe(commit);
  });

  it('serves at the same port after a restart', async () => {
    const { request } = await made();
    const before = await at.current.host.cloneUrlOf(request.id);
    await at.current.restart();
    expect(await at.current.host.cloneUrlOf(request.id)).toBe(before);
    expect(before).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });

  it('tells the delivery plugin of every commit, without whom it names as its author', async () => {
    const { request, core } = await made();
    const { delivery } = at.current;
    const copy = await at.current.clone(request);
    await copy.git('config', 'user.name', 'The Boss');
    const forged = await copy.commit('forged', { a: '1' });
    await copy.git(
      'commit',
      '--quiet',
      '--amend',
      '--no-edit',
      '--author=The Boss <boss@example.com>',
      '--date=2099-01-01T00:00:00Z',
    );
    const amended = await copy.git('rev-parse', 'HEAD');
    await copy.git('push', '--quiet', 'origin', 'main');
    const run = core.run('deploy', { commit: amended });
    expect(await core.make('events:tell', request, run)).toMatchObject({
      state: 'done',
    });
    expect(delivery.commits).toHaveLength(2);
    expect(delivery.commits).not.toContain(forged);
    const told = delivery.told.find(
      event => 'sha' in event && event.sha === amended,
    );
    expect(told).toMatchObject({
      type: 'change',
      kind: 'commit',
      source: 'local-deployer',
      repository: 'portal.local/default/pay',
      title: 'forged',
    });
    expect(JSON.stringify(told)).not.toMatch(/boss/i);
    // A time that is still to come is when it was pushed.
    const { pushedAt, authoredAt } = told as any;
    expect(authoredAt).toBe(pushedAt);
  });

  it('keeps events out where the delivery plugin is not installed, and says so', async () => {
    at.current.delivery.answer = 'absent';
    const { request, core } = await made();
    expect(await core.make('events:tell', request)).toMatchObject({
      state: 'done',
      note: { code: 'tell.absent' },
    });
  });

  it('does not wait for a delivery plugin that is away, and tells it when it is back', async () => {
    const { delivery, clock } = at.current;
    delivery.answer = 'away';
    const { request, core } = await made();
    expect(await core.make('events:tell', request)).toMatchObject({
      state: 'done',
      note: { code: 'tell.away' },
    });
    expect(delivery.commits).toEqual([]);
    delivery.answer = 'taken';
    await at.current.restart();
    await clock.pass(HOUR);
    expect(await core.make('events:tell', request)).toEqual({
      state: 'done',
      origin: 'created',
    });
    expect(delivery.commits).toHaveLength(1);
  });
});
