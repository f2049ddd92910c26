import { House } from '../__testUtils__/house';

const house = new House();
const { standIn } = house;
let address: string;
beforeAll(async () => {
  await house.start();
  address = house.parts.options.allowed[0].apiBaseUrl;
});
afterAll(() => standIn.stop());
beforeEach(async () => {
  house.reset();
  house.configure(address);
  await house.make('repo:ensure');
});
afterEach(() => standIn.verify());

const pay = () => standIn.state.find('acme', 'pay')!;
const adopt = () =>
  house.outputs.set('repo:ensure', {
    ...house.outputs.get('repo:ensure'),
    origin: 'adopted',
  });
const strict = {
  required_status_checks: null,
  enforce_admins: true,
  required_pull_request_reviews: { required_approving_review_count: 2 },
  restrictions: null,
};

describe('repo:protect', () => {
  it('keeps main from being rewritten or deleted, for everybody', async () => {
    const made = await house.make('repo:protect');
    expect(made).toMatchObject({
      state: 'done',
      origin: 'created',
      output: { protection: 'made', branch: 'main' },
    });
    expect(pay().protection.get('main')).toEqual({
      required_status_checks: null,
      required_pull_request_reviews: null,
      enforce_admins: true,
      restrictions: null,
      allow_force_pushes: false,
      allow_deletions: false,
    });
    expect(await house.lookUp('repo:protect')).toEqual(made);
    expect(await house.make('repo:protect')).toEqual(made);
  });

  it('asks for approvals and checks where the operator wants them', async () => {
    house.configure(address, {
      protection: { approvals: 1, checks: ['test', 'analyse'] },
    });
    expect(await house.make('repo:protect')).toMatchObject({ state: 'done' });
    expect(pay().protection.get('main')).toMatchObject({
      required_status_checks: { strict: false, contexts: ['test', 'analyse'] },
      required_pull_request_reviews: { required_approving_review_count: 1 },
    });
  });

  it('leaves alone how people protect it', async () => {
    pay().protection.set('main', strict);
    expect(await house.make('repo:protect')).toMatchObject({
      state: 'done',
      origin: 'adopted',
      note: { code: 'github.protected_before' },
    });
    expect(pay().protection.get('main')).toBe(strict);
    await house.make('repo:unprotect');
    expect(pay().protection.get('main')).toBe(strict);
  });

  it('calls nothing its own, after a crash, in a repository of somebody else', async () => {
    adopt();
    standIn.wrong = route =>
      route.startsWith('PUT') ? 'cut-after' : undefined;
    await house.make('repo:protect');
    expect(await house.lookUp('repo:protect')).toMatchObject({
      state: 'done',
      origin: 'adopted',
    });
  });

  it('does nothing where the operator leaves it to others', async () => {
    house.configure(address, { protection: false });
    expect(await house.make('repo:protect')).toMatchObject({
      state: 'done',
      note: { code: 'github.unprotected' },
    });
    expect(pay().protection.size).toBe(0);
  });

  it('says what it costs where the plan has no protection', async () => {
    standIn.wrong = route =>
      route.endsWith('/protection')
        ? { status: 403, body: { message: 'Upgrade to GitHub Pro' } }
        : undefined;
    expect(await house.make('repo:protect')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: {
        code: 'github.cannot_protect',
        text: expect.stringContaining('Upgrade to GitHub Pro'),
      },
    });
  });

  it('refuses a repository that has taken the place of ours', async () => {
    standIn.state.repositories.clear();
    standIn.state.make('acme', 'pay', 'kim', {}, '# Theirs\n');
    expect(await house.make('repo:protect')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.not_ours' },
    });
    standIn.state.repositories.clear();
    expect(await house.make('repo:protect')).toMatchObject({
      reason: { code: 'github.gone' },
    });
  });
});

describe('repo:unprotect', () => {
  it('takes off what it put on', async () => {
    await house.make('repo:protect');
    expect(await house.make('repo:unprotect')).toEqual({ state: 'done' });
    expect(pay().protection.size).toBe(0);
    expect(await house.lookUp('repo:unprotect')).toEqual({ state: 'done' });
  });

  it('leaves what people made of it', async () => {
    await house.make('repo:protect');
    pay().protection.set('main', strict);
    expect(await house.make('repo:unprotect')).toMatchObject({
      state: 'done',
      note: { code: 'github.protection_stays' },
    });
    expect(pay().protection.get('main')).toBe(strict);
  });

  it('is done where the repository is gone or archived', async () => {
    await house.make('repo:protect');
    pay().archived = true;
    expect(await house.make('repo:unprotect')).toEqual({ state: 'done' });
    standIn.state.repositories.clear();
    expect(await house.make('repo:unprotect')).toEqual({ state: 'done' });
  });
});
