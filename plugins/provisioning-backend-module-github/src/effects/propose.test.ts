import { FILES, filesOf, House } from '../__testUtils__/house';
import { commitFiles, mergePull } from '../__testUtils__/standIn';

const house = new House();
const { standIn } = house;
beforeAll(() => house.start());
afterAll(() => standIn.stop());
beforeEach(async () => {
  house.reset();
  await house.make('repo:ensure');
  house.request = { ...house.request, revision: 2 };
});
afterEach(() => standIn.verify());

const pay = () => standIn.state.find('acme', 'pay')!;
const textsOn = (branch: string) =>
  Object.fromEntries(
    [...pay().git.filesAt(branch)].map(([path, { text }]) => [path, text]),
  );
const MAIN = 'src/main.ts';
const original = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const render = (texts: Record<string, string>, without: string[] = []) => [
  ...FILES.filter(({ path }) => !(path in texts) && !without.includes(path)),
  ...filesOf(texts),
];

describe('repo:propose', () => {
  it('proposes what the template changed, and leaves main alone', async () => {
    house.files = render(
      { [MAIN]: original.replace('two', 'TWO'), 'new.sh': 'x' },
      ['bin/run.sh'],
    );
    const before = textsOn('main');
    const made = await house.make('repo:propose');
    expect(made).toMatchObject({
      state: 'done',
      output: { branch: 'fawkes/update-2', pullRequest: 1, conflicts: [] },
      links: [{ kind: 'pull-request', title: '#1' }],
    });
    expect(textsOn('main')).toEqual(before);
    const { 'bin/run.sh': _, ...rest } = before;
    expect(textsOn('fawkes/update-2')).toEqual({
      ...rest,
      [MAIN]: original.replace('two', 'TWO'),
      'new.sh': 'x',
    });
    expect(pay().git.filesAt('fawkes/update-2').get('new.sh')!.mode).toBe(
      '100755',
    );
    expect(await house.make('repo:propose')).toEqual(made);
    expect(await house.lookUp('repo:propose')).toEqual(made);
    expect(pay().pulls).toHaveLength(1);
  });

  it('merges three ways with what people wrote', async () => {
    commitFiles(
      pay(),
      { [MAIN]: original.replace('seven', 'SEVEN'), 'own.txt': 'own' },
      'Mine',
      'kim',
    );
    house.files = render({ [MAIN]: original.replace('one', 'ONE') });
    expect(await house.make('repo:propose')).toMatchObject({ state: 'done' });
    expect(textsOn('fawkes/update-2')).toMatchObject({
      [MAIN]: original.replace('one', 'ONE').replace('seven', 'SEVEN'),
      'own.txt': 'own',
    });
  });

  it('names in its text what does not go together, and commits no marker', async () => {
    const theirs = original.replace('one', 'theirs');
    commitFiles(pay(), { [MAIN]: theirs }, 'Mine', 'kim');
    house.files = render({
      [MAIN]: original.replace('one', 'ours'),
      'a.txt': 'a',
    });
    expect(await house.make('repo:propose')).toMatchObject({
      state: 'done',
      note: { code: 'github.conflicts', params: { count: 1 } },
      output: { conflicts: [MAIN] },
    });
    expect(textsOn('fawkes/update-2')).toMatchObject({
      [MAIN]: theirs,
      'a.txt': 'a',
    });
    expect(pay().pulls[0].body).toContain(
      '` src/main.ts `: Template and people',
    );
  });

  it('proposes nothing where nothing would change', async () => {
    expect(await house.make('repo:propose')).toMatchObject({
      state: 'done',
      note: { code: 'github.nothing_to_propose' },
    });
    expect(pay().pulls).toEqual([]);
  });

  it('takes nothing away where the first files are not known any more', async () => {
    house.outputs.set('repo:ensure', {
      ...house.outputs.get('repo:ensure'),
      tree: 'c'.repeat(40),
    });
    house.files = render({ 'README.md': '# New\n' }, ['bin/run.sh']);
    await house.make('repo:propose');
    expect(textsOn('fawkes/update-2')).toMatchObject({
      'README.md': '# New\n',
      'bin/run.sh': expect.any(String),
    });
  });

  it('goes forward from what it proposed before when main goes on', async () => {
    house.files = render({ 'new.txt': 'new' });
    await house.make('repo:propose');
    const first = pay().git.heads.get('fawkes/update-2')!;
    commitFiles(pay(), { 'own.txt': 'own' }, 'Mine', 'kim');
    await house.make('repo:propose');
    const { git, pulls } = pay();
    const tip = git.heads.get('fawkes/update-2')!;
    expect(git.reaches(tip, first)).toBe(true);
    expect(textsOn('fawkes/update-2')).toMatchObject({ 'own.txt': 'own' });
    expect(pulls).toHaveLength(1);
  });

  it('says that it was merged, or closed by somebody', async () => {
    house.files = render({ 'new.txt': 'new' });
    await house.make('repo:propose');
    Object.assign(pay().pulls[0], {
      state: 'closed',
      closedAt: pay().git.heads.get('fawkes/update-2'),
    });
    expect(await house.make('repo:propose')).toMatchObject({
      state: 'done',
      note: { code: 'github.proposal_closed' },
    });
    pay().pulls[0].state = 'open';
    mergePull(pay(), 1, 'kim');
    expect(await house.make('repo:propose')).toMatchObject({
      state: 'done',
      note: { code: 'github.proposal_merged' },
    });
    expect(pay().pulls).toHaveLength(1);
  });

  it('asks for a person where the repository is gone, archived or empty', async () => {
    pay().archived = true;
    expect(await house.make('repo:propose')).toMatchObject({
      needsPerson: true,
      reason: { code: 'github.archived' },
    });
    pay().archived = false;
    pay().git.heads.clear();
    expect(await house.make('repo:propose')).toMatchObject({
      needsPerson: true,
      reason: { code: 'github.empty' },
    });
    standIn.state.repositories.clear();
    expect(await house.make('repo:propose')).toMatchObject({
      needsPerson: true,
      reason: { code: 'github.gone' },
    });
  });
});
