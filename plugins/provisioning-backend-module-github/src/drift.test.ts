import { mockServices } from '@backstage/backend-test-utils';
import type { WrittenBefore } from '@fawkes/backstage-plugin-provisioning-node';
import { FILES, filesOf, House } from './__testUtils__/house';
import { commitFiles } from './__testUtils__/standIn';
import { GithubPlaces } from './githubPlaces';

const house = new House();
const { standIn } = house;
let places: GithubPlaces;
beforeAll(async () => {
  await house.start();
  places = new GithubPlaces(house.parts, mockServices.logger.mock());
});
afterAll(() => standIn.stop());
beforeEach(() => house.reset());
let before = 0;
afterEach(() => {
  standIn.verify();
  const calls = standIn.calls.slice(before).map(({ route }) => route);
  const wrote = calls.find(route => !route.startsWith('GET '));
  if (wrote) throw new Error(`To look changed something: ${wrote}`);
});

/** Somebody's service, made and protected. */
async function made() {
  await house.make('repo:ensure');
  await house.make('repo:protect');
  return standIn.state.find('acme', 'pay')!;
}

async function drift(known: Partial<WrittenBefore> = {}) {
  before = standIn.calls.length;
  const { word, reason, behind, files } = await places.driftOf(house.request, {
    newest: { version: '1.0.0', files: FILES },
    written: async () => ({ version: '1.0.0', files: FILES }),
    outputOf: type => house.outputs.get(type),
    ...known,
  });
  return {
    word,
    reason: reason.code,
    behind,
    files: files.map(file => `${file.path} ${file.word} ${file.reason.code}`),
  };
}

const IN_SYNC = {
  word: 'in_sync',
  reason: 'drift.in_sync',
  behind: null,
  files: [],
};

describe('the drift of a repository on GitHub', () => {
  it('is none where it is as it was made, whatever people write of their own', async () => {
    const repository = await made();
    expect(await drift()).toEqual(IN_SYNC);
    commitFiles(repository, { 'src/own.ts': 'ours' }, 'Own', 'kim');
    expect(await drift()).toEqual(IN_SYNC);
  });

  it.each<[string, string, () => void | Promise<void>]>([
    [
      'it is archived',
      'github.drift_archived',
      () => void (standIn.state.find('acme', 'pay')!.archived = true),
    ],
    [
      'it was renamed',
      'github.moved',
      () => void standIn.state.moved.set('acme/pay', '77'),
    ],
    ['it was deleted', 'github.gone', () => standIn.state.repositories.clear()],
    [
      'another one has its name',
      'github.not_ours',
      () => {
        standIn.state.repositories.clear();
        standIn.state.make('acme', 'pay', 'kim');
      },
    ],
    [
      'its protection was taken off',
      'github.drift_unprotected',
      () => standIn.state.find('acme', 'pay')!.protection.clear(),
    ],
  ])('is broken where %s', async (_, code, change) => {
    await made();
    await change();
    const found = await drift();
    expect([found.word, found.reason]).toEqual(['broken', code]);
    expect(found.files).toHaveLength(1);
  });

  it('is told of a default branch that moved, and broken where ours is gone', async () => {
    const repository = await made();
    const { git } = repository;
    git.heads.set('trunk', git.heads.get('main')!);
    repository.defaultBranch = 'trunk';
    expect(await drift()).toMatchObject({
      word: 'changed_by_people',
      files: ['acme/pay#default_branch changed_by_people github.drift_branch'],
    });
    git.heads.delete('main');
    repository.protection.clear();
    expect(await drift()).toMatchObject({
      word: 'broken',
      reason: 'github.drift_branch_gone',
    });
  });

  it('is told of what people made of the protection, and not of what was theirs before', async () => {
    const repository = await made();
    const ours = repository.protection.get('main');
    repository.protection.set('main', { ...ours, allow_force_pushes: true });
    expect(await drift()).toMatchObject({
      word: 'changed_by_people',
      files: ['acme/pay#protection changed_by_people github.drift_protection'],
    });
    const theirs = { protection: 'found', branch: 'main' };
    house.outputs.set('repo:protect', theirs);
    expect(await drift()).toEqual(IN_SYNC);
  });

  it('is told of pipelines that people changed or took away, and of newer ones', async () => {
    const repository = await made();
    const ci = '.github/workflows/ci.yml';
    const newer = filesOf({ [ci]: 'name: ci, again\n' });
    const newest = { version: '1.1.0', files: newer };
    expect(await drift({ newest })).toMatchObject({
      word: 'behind_template',
      behind: { from: '1.0.0', to: '1.1.0' },
      files: expect.arrayContaining([
        `${ci} behind_template drift.behind_template`,
      ]),
    });
    commitFiles(repository, { [ci]: 'name: mine\n' }, 'Mine', 'kim');
    expect(await drift()).toMatchObject({
      word: 'changed_by_people',
      files: [`${ci} changed_by_people drift.changed_by_people`],
    });
  });

  it('is told of images and annotations that people changed, and asks for no file that is as we know it', async () => {
    const repository = await made();
    const pinned = `node:24@sha256:${'a'.repeat(64)}`;
    const annotated = (version: string) =>
      `kind: Component\nmetadata:\n  annotations:\n    fawkes.dev/template-version: ${version}\n`;
    const ours = {
      Dockerfile: `FROM ${pinned}\n`,
      'catalog-info.yaml': annotated('1.0.0'),
    };
    const files = [
      ...FILES.filter(({ path }) => !(path in ours)),
      ...filesOf(ours),
    ];
    const known = {
      newest: { version: '1.0.0', files },
      written: async () => ({ version: '1.0.0', files }),
    };
    commitFiles(repository, ours, 'Ours', 'kim');
    expect(await drift(known)).toEqual(IN_SYNC);
    const blobs = () =>
      standIn.calls
        .slice(before)
        .filter(({ route }) => route.includes('/git/blobs/'));
    expect(blobs()).toHaveLength(0);
    commitFiles(
      repository,
      {
        Dockerfile: 'FROM node:24\n',
        'catalog-info.yaml': annotated('0.9.0'),
      },
      'Mine',
      'kim',
    );
    expect(await drift(known)).toMatchObject({
      word: 'changed_by_people',
      files: [
        'Dockerfile#FROM changed_by_people drift.base_unpinned',
        'catalog-info.yaml#fawkes.dev/template-version changed_by_people drift.annotation_changed',
      ],
    });
    expect(blobs()).toHaveLength(2);
  });

  it('compares with what is merged, and not with what waits for a review', async () => {
    await made();
    const asked: Array<string | undefined> = [];
    const found = await drift({
      written: async digest => {
        asked.push(digest);
        return digest === house.request.bundleDigest
          ? { version: '1.0.0', files: FILES }
          : { version: '1.1.0', files: [] };
      },
    });
    expect(asked).toContain(house.request.bundleDigest);
    expect(found).toEqual(IN_SYNC);
  });

  it('is unknown where it cannot be looked at, never in sync', async () => {
    expect(await drift()).toMatchObject({ word: 'unknown' });
    await made();
    standIn.wrong = () => 'cut-before';
    expect(await drift()).toMatchObject({ word: 'unknown' });
    standIn.wrong = route =>
      route.endsWith('/protection')
        ? { status: 403, body: { message: 'Resource not accessible' } }
        : undefined;
    expect(await drift()).toMatchObject({
      word: 'unknown',
      reason: 'github.cannot_protect',
    });
    standIn.wrong = () => ({ status: 403, body: { message: 'Forbidden' } });
    expect(await drift()).toMatchObject({
      word: 'unknown',
      reason: 'github.forbidden',
    });
  });
});
