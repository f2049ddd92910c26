import { House } from '../__testUtils__/house';
import { commitFiles, mergePull } from '../__testUtils__/standIn';

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

describe('ci:ensure', () => {
  it('finds the pipeline on, and links to it', async () => {
    const made = await house.make('ci:ensure');
    expect(made).toMatchObject({
      state: 'done',
      origin: 'created',
      links: [
        {
          kind: 'pipeline',
          target: 'https://github.test/acme/pay/actions/workflows/ci.yml',
        },
      ],
      output: { workflows: ['ci.yml'], switchedOn: true },
    });
    expect(await house.lookUp('ci:ensure')).toEqual(made);
  });

  it('waits until GitHub has taken notice, and not for ever', async () => {
    pay().workflowLag = 3;
    expect(await house.make('ci:ensure')).toMatchObject({ state: 'done' });
    expect(house.waits).toEqual([3_000, 3_000, 3_000]);
    pay().workflowLag = 1_000;
    const before = house.waits.length;
    expect(await house.make('ci:ensure')).toMatchObject({
      state: 'failed',
      reason: { code: 'github.ci_unseen' },
    });
    expect(house.waits.length - before).toBe(20);
  });

  it('switches on what is off: pipelines of the repository, and the file', async () => {
    pay().actionsEnabled = false;
    pay().workflows.set('ci.yml', 'disabled_manually');
    expect(await house.make('ci:ensure')).toMatchObject({ state: 'done' });
    expect(pay().actionsEnabled).toBe(true);
    expect(pay().workflows.get('ci.yml')).toBe('active');
  });

  it('asks for an owner where the organisation allows none', async () => {
    pay().actionsEnabled = false;
    standIn.wrong = route =>
      route.startsWith('PUT')
        ? {
            status: 409,
            body: { message: 'Actions are disabled by the organisation' },
          }
        : undefined;
    expect(await house.make('ci:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.ci_forbidden' },
    });
  });

  it('waits for the merge of a proposal, then goes on', async () => {
    house.reset();
    standIn.state.make('acme', 'pay', 'kim', {}, '# Theirs\n');
    await house.make('repo:ensure');
    expect(await house.make('ci:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.waits_for_merge' },
      links: [
        { kind: 'pull-request', target: expect.stringContaining('/pull/1') },
      ],
    });
    mergePull(pay(), 1, 'kim');
    expect(await house.make('ci:ensure')).toMatchObject({
      state: 'done',
      origin: 'adopted',
    });
  });

  it('says which file somebody removed', async () => {
    commitFiles(pay(), { '.github/workflows/ci.yml': null }, 'No', 'kim');
    expect(await house.make('ci:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.file_missing' },
    });
  });
});

describe('ci:remove', () => {
  it('switches off what it switched on', async () => {
    await house.make('ci:ensure');
    expect(await house.make('ci:remove')).toEqual({ state: 'done' });
    expect(pay().workflows.get('ci.yml')).toBe('disabled_manually');
    expect(await house.lookUp('ci:remove')).toEqual({ state: 'done' });
  });

  it('leaves a pipeline on that ran before', async () => {
    house.outputs.set('repo:ensure', {
      ...house.outputs.get('repo:ensure'),
      origin: 'adopted',
    });
    await house.make('ci:ensure');
    expect(await house.make('ci:remove')).toMatchObject({
      state: 'done',
      note: { code: 'github.ci_stays' },
    });
    expect(pay().workflows.size).toBe(0);
  });

  it('is done where the repository is gone, archived, or another one', async () => {
    await house.make('ci:ensure');
    pay().archived = true;
    expect(await house.make('ci:remove')).toEqual({ state: 'done' });
    standIn.state.repositories.clear();
    expect(await house.make('ci:remove')).toEqual({ state: 'done' });
    standIn.state.make('acme', 'pay', 'kim', {}, '# Theirs\n');
    expect(await house.make('ci:remove')).toEqual({ state: 'done' });
  });
});
