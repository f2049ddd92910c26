import { filesOf, House, specOn } from '../__testUtils__/house';
import { commitFiles, mergePull } from '../__testUtils__/standIn';

const house = new House();
const { standIn } = house;
beforeAll(() => house.start());
afterAll(() => standIn.stop());
beforeEach(() => house.reset());
afterEach(() => standIn.verify());

const pay = () => standIn.state.find('acme', 'pay')!;
const writes = () =>
  standIn.calls.filter(({ route }) => !route.startsWith('GET '));
const filesOnMain = () =>
  Object.fromEntries(
    [...pay().git.filesAt(pay().defaultBranch)].map(([path, { text }]) => [
      path,
      text,
    ]),
  );
const wanted = () =>
  Object.fromEntries(
    house.files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  );

describe('repo:ensure, where nothing is', () => {
  it('makes a repository and pushes the files as one commit', async () => {
    expect(await house.lookUp('repo:ensure')).toEqual({ state: 'absent' });
    const made = await house.make('repo:ensure');
    expect(made).toMatchObject({
      state: 'done',
      origin: 'created',
      output: { repositoryId: pay().id, branch: 'main', proposal: null },
      links: [
        { kind: 'repository', target: 'https://github.test/acme/pay' },
        { kind: 'clone', target: 'https://github.test/acme/pay.git' },
        { kind: 'commit' },
      ],
    });
    const { git, description, private: isPrivate } = pay();
    // The mark is gone from where people read it.
    expect(description).toBe('Takes payments');
    expect(isPrivate).toBe(true);
    expect(filesOnMain()).toEqual(wanted());
    const modes = [...git.filesAt('main')].map(([path, { mode }]) => [
      path,
      mode,
    ]);
    expect(Object.fromEntries(modes)).toMatchObject({
      'bin/run.sh': '100755',
      'README.md': '100644',
    });
    const history = git.history(git.heads.get('main')!);
    expect(history.map(({ message }) => message.split('\n')[0])).toEqual([
      'Add pay from node-api',
      'Initial commit',
    ]);
    expect(history[0].message.split('\n').slice(2)).toEqual([
      `Fawkes-Request: ${house.request.id}`,
      'Fawkes-Template: node-api@1.0.0',
      `Fawkes-Bundle: ${house.request.bundleDigest}`,
      'Fawkes-Effect: run-1.repo:ensure',
      'Fawkes-Origin: created',
      '',
    ]);
  });

  it('does nothing the second time, and finds it when it looks', async () => {
    const made = await house.make('repo:ensure');
    const before = writes().length;
    expect(await house.make('repo:ensure')).toEqual(made);
    expect(await house.lookUp('repo:ensure')).toEqual(made);
    expect(writes()).toHaveLength(before);
  });

  it('sends texts inside of one tree, and by itself what is no text or large', async () => {
    house.files = [
      ...filesOf({ 'a.txt': 'x'.repeat(300_000), 'b.txt': 'ä\r\n\ufeff' }),
      { path: 'c.bin', mode: '644', bytes: Buffer.from([0, 255, 1]) },
    ];
    expect(await house.make('repo:ensure')).toMatchObject({ state: 'done' });
    const blobs = writes().filter(({ route }) => route.endsWith('/git/blobs'));
    expect(blobs).toHaveLength(2);
    const trees = writes().filter(({ route }) => route.endsWith('/git/trees'));
    expect(trees).toHaveLength(1);
  });

  it('calls the first branch main, whatever the organisation calls it', async () => {
    standIn.state.firstBranch = 'master';
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'done',
      output: { branch: 'main' },
    });
    expect([...pay().git.heads.keys()]).toEqual(['main']);
  });

  it('tells only servers that know it of the third kind of visibility', async () => {
    house.request = {
      ...house.request,
      spec: specOn({ visibility: 'internal' }),
    };
    expect(await house.make('repo:ensure')).toMatchObject({ state: 'done' });
    // The description of github.com has two kinds, that of Enterprise Cloud three.
    expect(standIn.faults.splice(0)).toEqual([
      'POST /orgs/{org}/repos: /visibility must be equal to one of the allowed values',
    ]);
    const cloud = require('@octokit/openapi/generated/ghec.json');
    const { schema } =
      cloud.paths['/orgs/{org}/repos'].post.requestBody.content[
        'application/json'
      ];
    expect(schema.properties.visibility.enum).toContain('internal');
  });

  it('says what to do where it may not make repositories', async () => {
    standIn.state.organisations.clear();
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.no_organisation' },
    });
    standIn.state.organisations.add('acme');
    standIn.wrong = route =>
      route.startsWith('POST /orgs')
        ? {
            status: 403,
            body: { message: 'Resource not accessible by integration' },
          }
        : undefined;
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: {
        code: 'github.forbidden',
        params: { what: 'make the repository', target: 'acme/pay' },
        text: expect.stringContaining('not accessible by integration'),
      },
    });
  });

  it('refuses a name that it cannot see', async () => {
    standIn.wrong = route =>
      route.startsWith('POST /orgs')
        ? {
            status: 422,
            body: {
              message: 'Repository creation failed.',
              documentation_url: 'https://docs.github.com/rest',
              errors: [
                {
                  code: 'custom',
                  message: 'name already exists on this account',
                },
              ],
            },
          }
        : undefined;
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      permanent: true,
      reason: { code: 'github.taken' },
    });
  });

  it('refuses organisations that are not on the list, and asks nobody', async () => {
    house.request = { ...house.request, spec: specOn({ owner: 'other' }) };
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      permanent: true,
      reason: { code: 'github.not_allowed' },
    });
    expect(await house.lookUp('repo:ensure')).toMatchObject({
      state: 'failed',
    });
    expect(standIn.calls).toEqual([]);
  });
});

describe('repo:ensure, where something is', () => {
  const other = (readme?: string) =>
    standIn.state.make('acme', 'pay', 'kim', {}, readme);

  it('takes an empty repository of somebody, and calls it adopted', async () => {
    other();
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'done',
      origin: 'adopted',
    });
    expect(filesOnMain()).toEqual(wanted());
    expect(pay().git.history(pay().git.heads.get('main')!)).toHaveLength(2);
  });

  it('takes over what holds the files already, and writes nothing', async () => {
    commitFiles(other(), wanted(), 'By hand', 'kim');
    house.files = house.files.map(file => ({ ...file, mode: '644' }));
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'done',
      origin: 'adopted',
    });
    expect(writes()).toEqual([]);
  });

  it('counts what the host put there for nothing, where we made the repository', async () => {
    standIn.wrong = (route, index) =>
      route.startsWith('POST /orgs') || index > 1 ? 'cut-after' : undefined;
    expect(await house.make('repo:ensure')).toMatchObject({ state: 'unknown' });
    expect(Object.keys(filesOnMain())).toEqual(['README.md']);
    standIn.wrong = () => undefined;
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'done',
      origin: 'created',
    });
    expect(filesOnMain()).toEqual(wanted());
  });

  it('proposes the files where people have others, and takes nothing away', async () => {
    commitFiles(other('# Theirs\n'), { LICENSE: 'MIT' }, 'Mine', 'kim');
    const before = filesOnMain();
    const made = await house.make('repo:ensure');
    expect(made).toMatchObject({
      state: 'done',
      origin: 'adopted',
      note: { code: 'github.proposed' },
      links: [{}, {}, { kind: 'pull-request', title: '#1' }],
      output: { proposal: 'https://github.test/acme/pay/pull/1' },
    });
    expect(filesOnMain()).toEqual(before);
    const branch = pay().git.filesAt('fawkes/update-1');
    expect(branch.get('LICENSE')!.text).toBe('MIT');
    expect(branch.get('README.md')!.text).toBe('# Pay\n');
    expect(await house.make('repo:ensure')).toEqual(made);
    expect(await house.lookUp('repo:ensure')).toEqual(made);
    expect(pay().pulls).toHaveLength(1);
  });

  it('does not push over a README of somebody else', async () => {
    other('# Theirs\n');
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'done',
      origin: 'adopted',
      note: { code: 'github.proposed' },
    });
    expect(filesOnMain()).toEqual({ 'README.md': '# Theirs\n' });
  });

  it('knows its commit again when people have gone on from it', async () => {
    const made = await house.make('repo:ensure');
    commitFiles(pay(), { 'src/more.ts': 'more' }, 'More', 'kim');
    expect(await house.make('repo:ensure')).toEqual(made);
    expect(pay().pulls).toEqual([]);
  });

  it('is done when its proposal has been merged', async () => {
    other('# Theirs\n');
    await house.make('repo:ensure');
    mergePull(pay(), 1, 'kim');
    const before = writes().length;
    expect(await house.make('repo:ensure')).toMatchObject({ state: 'done' });
    expect(writes()).toHaveLength(before);
  });

  it('is taken where the address leads elsewhere, for looks too', async () => {
    standIn.state.moved.set('acme/pay', '77');
    for (const seen of [
      await house.make('repo:ensure'),
      await house.lookUp('repo:ensure'),
    ]) {
      expect(seen).toMatchObject({
        state: 'failed',
        permanent: true,
        reason: { code: 'github.taken' },
      });
    }
    expect(writes()).toEqual([]);
  });

  it('asks for a person where it is archived', async () => {
    other('# Theirs\n').archived = true;
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.archived' },
    });
  });

  it('asks for a person where a branch of that name is somebody else’s', async () => {
    other('# Theirs\n');
    commitFiles(pay(), { x: 'y' }, 'Mine', 'kim', 'fawkes/update-1');
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.branch_taken' },
    });
  });

  it('asks for a person where it can neither push nor propose', async () => {
    other('# Theirs\n');
    standIn.wrong = route =>
      route.startsWith('POST') && route.endsWith('/pulls')
        ? { status: 403, body: { message: 'Pull requests are off' } }
        : undefined;
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.no_proposal' },
    });
  });

  it('looks again when somebody pushes in between', async () => {
    let pushed = false;
    standIn.wrong = route => {
      if (!pushed && route.startsWith('PATCH') && route.includes('/git/refs')) {
        pushed = true;
        commitFiles(pay(), { 'theirs.txt': 'x' }, 'Fast', 'kim');
      }
      return undefined;
    };
    expect(await house.make('repo:ensure')).toMatchObject({
      state: 'done',
      origin: 'created',
      note: { code: 'github.proposed' },
    });
    expect(Object.keys(filesOnMain())).toContain('theirs.txt');
  });
});
