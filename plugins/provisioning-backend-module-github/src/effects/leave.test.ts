import type { GithubLeftover } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { filesOf, House } from '../__testUtils__/house';
import { commitFiles, US } from '../__testUtils__/standIn';

const house = new House();
const { standIn } = house;
beforeAll(() => house.start());
afterAll(() => standIn.stop());
beforeEach(async () => {
  house.reset();
  await house.make('repo:ensure');
});
afterEach(() => standIn.verify());

const pay = () => standIn.state.find('acme', 'pay')!;
const replace = () => {
  standIn.state.repositories.clear();
  return standIn.state.make('acme', 'pay', 'kim', {}, '# Theirs\n');
};

describe('repo:archive', () => {
  it('closes our proposals and archives', async () => {
    house.request = { ...house.request, revision: 2 };
    house.files = filesOf({ 'new.txt': 'new' });
    await house.make('repo:propose');
    expect(await house.lookUp('repo:archive')).toEqual({ state: 'absent' });
    expect(await house.make('repo:archive')).toEqual({ state: 'done' });
    expect(pay()).toMatchObject({
      archived: true,
      pulls: [{ state: 'closed' }],
    });
    expect(await house.make('repo:archive')).toEqual({ state: 'done' });
    expect(await house.lookUp('repo:archive')).toEqual({ state: 'done' });
  });

  it('is done where it is gone', async () => {
    standIn.state.repositories.clear();
    expect(await house.make('repo:archive')).toMatchObject({
      state: 'done',
      note: { code: 'github.gone' },
    });
  });

  it('leaves a repository alone that it did not make', async () => {
    replace();
    for (const known of [true, false]) {
      if (!known) house.outputs.clear();
      expect(await house.make('repo:archive')).toMatchObject({
        state: 'done',
        note: { code: 'github.left' },
      });
    }
    expect(pay().archived).toBe(false);
  });

  it('leaves a repository alone that it took over, also when it is to be deleted', async () => {
    house.outputs.set('repo:ensure', {
      ...house.outputs.get('repo:ensure'),
      origin: 'adopted',
    });
    house.purge = true;
    for (const type of ['repo:archive', 'repo:remove'] as const) {
      expect(await house.make(type)).toMatchObject({
        state: 'done',
        note: { code: 'github.left' },
      });
    }
    expect(pay().archived).toBe(false);
  });

  it('believes no mark without the files', async () => {
    const { message } = pay().git.history(pay().git.heads.get('main')!)[0];
    house.outputs.clear();
    commitFiles(replace(), { 'own.txt': 'own' }, message, 'kim');
    expect(await house.make('repo:archive')).toMatchObject({
      state: 'done',
      note: { code: 'github.left' },
    });
    expect(pay().archived).toBe(false);
  });

  it('knows its own by the mark where nothing was written down', async () => {
    house.outputs.clear();
    expect(await house.make('repo:archive')).toEqual({ state: 'done' });
    expect(pay().archived).toBe(true);
  });

  it('does not follow a repository that was moved', async () => {
    standIn.state.moved.set('acme/pay', '77');
    expect(await house.make('repo:archive')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.moved' },
    });
  });
});

describe('repo:release', () => {
  it('takes our branch and proposal away and leaves the rest', async () => {
    house.outputs.clear();
    const theirs = replace();
    await house.make('repo:ensure');
    commitFiles(theirs, { x: 'y' }, 'Mine', 'kim', 'fawkes/other');
    const main = theirs.git.heads.get('main');
    expect(await house.make('repo:release')).toEqual({ state: 'done' });
    expect([...theirs.git.heads.keys()]).toEqual(['main', 'fawkes/other']);
    expect(theirs.git.heads.get('main')).toBe(main);
    expect(theirs.pulls).toMatchObject([{ state: 'closed' }]);
    expect(theirs.archived).toBe(false);
    expect(await house.make('repo:release')).toEqual({ state: 'done' });
  });
});

describe('repo:remove', () => {
  beforeEach(() => {
    house.purge = true;
  });

  it('deletes what nobody else has touched', async () => {
    commitFiles(pay(), { 'deploy.txt': 'x' }, 'Deploy', 'github-actions[bot]');
    expect(await house.make('repo:remove')).toMatchObject({ state: 'done' });
    expect(pay()).toBeUndefined();
    expect(await house.make('repo:remove')).toMatchObject({ state: 'done' });
    expect(await house.lookUp('repo:remove')).toMatchObject({ state: 'done' });
  });

  it('does nothing that was not asked for', async () => {
    house.purge = false;
    expect(await house.make('repo:remove')).toMatchObject({
      state: 'failed',
      reason: { code: 'github.no_purge' },
    });
    expect(pay()).toBeDefined();
  });

  it.each<[GithubLeftover, string, () => void]>([
    ['a push by', 'kim', () => commitFiles(pay(), { x: 'y' }, 'Mine', 'kim')],
    [
      'a push by',
      'kim',
      () => commitFiles(pay(), { x: 'y' }, 'Mine', 'kim', 'feature'),
    ],
    ['an issue by', 'kim', () => pay().issues.push({ number: 9, by: 'kim' })],
    [
      'a pull request by',
      'kim',
      () =>
        pay().pulls.push({
          number: 8,
          branch: 'x',
          base: 'main',
          title: '',
          body: '',
          state: 'closed',
          merged: false,
          by: 'kim',
        }),
    ],
    ['a star of', 'kim', () => pay().stars.push('kim')],
    ['a fork of', 'acme/pay', () => (pay().forks = 1)],
    [
      'a push by somebody to',
      'refs/heads/main',
      // It is there, and GitHub has not written down by whom.
      () => {
        commitFiles(pay(), { x: 'y' }, 'Mine', 'kim');
        pay().activity.shift();
      },
    ],
    [
      'a history without our own push on',
      'main',
      () => pay().activity.splice(0),
    ],
    [
      'too many stars to look through of',
      'acme/pay',
      () => pay().stars.push(...Array.from({ length: 100 }, () => US)),
    ],
  ])('is refused because of %s %s', async (what, who, leave) => {
    leave();
    expect(await house.make('repo:remove')).toMatchObject({
      state: 'failed',
      permanent: true,
      reason: { code: 'github.others', params: { what, who } },
    });
    expect(pay()).toBeDefined();
  });

  it('says who can where the organisation forbids it', async () => {
    standIn.wrong = route =>
      route.startsWith('DELETE')
        ? { status: 403, body: { message: 'Must have admin rights' } }
        : undefined;
    expect(await house.make('repo:remove')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.cannot_delete' },
    });
  });

  it('leaves a repository alone that it did not make', async () => {
    replace();
    expect(await house.make('repo:remove')).toMatchObject({
      state: 'done',
      note: { code: 'github.left' },
    });
    expect(pay()).toBeDefined();
  });
});
