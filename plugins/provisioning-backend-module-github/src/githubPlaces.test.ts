import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { FILES, House, specOn } from './__testUtils__/house';
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

const observe = (more: object = {}) => {
  before = standIn.calls.length;
  const { namespace, name, spec, bundleDigest } = house.request;
  return places.observe({ namespace, name, spec, bundleDigest, ...more });
};
const somebodys = (readme?: string) =>
  standIn.state.make('acme', 'pay', 'kim', {}, readme);

describe('what is seen in the place of a repository', () => {
  it('is absent, ours, somebody else’s', async () => {
    expect(await observe()).toBe('absent');
    await house.make('repo:ensure');
    expect(await observe()).toBe('ours');
    expect(await observe({ bundleDigest: 'c'.repeat(64) })).toBe('diverged');
    standIn.state.repositories.clear();
    somebodys('# Theirs\n');
    expect(await observe()).toBe('diverged');
  });

  it('is ours while it is half made', async () => {
    standIn.wrong = route =>
      route.startsWith('GET') || route.startsWith('POST /orgs')
        ? undefined
        : 'cut-before';
    await house.make('repo:ensure');
    standIn.wrong = () => undefined;
    expect(await observe()).toBe('ours');
  });

  it('is the same where somebody has exactly these files, and where it is empty', async () => {
    somebodys();
    expect(await observe()).toBe('same');
    const files = FILES.map(file => ({ ...file, mode: '644' as const }));
    const texts = files.map(({ path, bytes }) => [path, String(bytes)]);
    commitFiles(
      standIn.state.find('acme', 'pay')!,
      Object.fromEntries(texts),
      'Mine',
      'kim',
    );
    expect(await observe({ files })).toBe('same');
    expect(await observe()).toBe('diverged');
  });

  it('is taken where it moved, is archived, or is not on the list', async () => {
    somebodys('# Theirs\n').archived = true;
    expect(await observe()).toBe('taken');
    standIn.state.moved.set('acme/pay', '77');
    expect(await observe()).toBe('taken');
    expect(await observe({ spec: specOn({ owner: 'other' }) })).toBe('taken');
  });

  it('is unknown where GitHub does not answer, and a review is away', async () => {
    standIn.wrong = () => 'cut-before';
    expect(await observe()).toBe('unknown');
    await expect(places.reviewOf(house.request, 2)).rejects.toThrow(
      'The pull request of fawkes/update-2 could not be read',
    );
  });

  it('is unknown when a page has waited long enough', async () => {
    const wait = async (milliseconds: number, signal: AbortSignal) => {
      await sleep(milliseconds, undefined, { signal });
    };
    const parts = { ...house.parts, wait };
    const logger = mockServices.logger.mock();
    places = new GithubPlaces(parts, logger, 50);
    standIn.wrong = () => ({
      status: 429,
      headers: { 'retry-after': '100' },
      body: { message: 'Slow down' },
    });
    expect(await observe()).toBe('unknown');
    expect(logger.warn).toHaveBeenCalledTimes(1);
    places = new GithubPlaces(house.parts, logger);
  });
});

describe('what pages show', () => {
  it('is the organisations, or what is missing', async () => {
    expect(places.available()).toBe(true);
    expect(places.words().text).toContain('github.test/acme');
    const nowhere = new GithubPlaces(
      { ...house.parts, options: { allowed: [], protection: undefined } },
      mockServices.logger.mock(),
    );
    expect(nowhere.available()).toBe(false);
    expect(nowhere.words().code).toBe('github.no_places');
  });

  it('is the review of an update', async () => {
    expect(await places.linksOf(house.request)).toMatchObject([
      { kind: 'repository', target: 'https://github.test/acme/pay' },
      { kind: 'pipeline' },
    ]);
    await house.make('repo:ensure');
    expect(await places.reviewOf(house.request, 2)).toBeNull();
    house.request = { ...house.request, revision: 2 };
    house.files = [
      ...FILES,
      { path: 'new.txt', mode: '644', bytes: Buffer.from('new') },
    ];
    await house.make('repo:propose');
    before = standIn.calls.length;
    expect(await places.reviewOf(house.request, 2)).toMatchObject({
      state: 'open',
      branch: 'fawkes/update-2',
      url: 'https://github.test/acme/pay/pull/1',
    });
  });
});
