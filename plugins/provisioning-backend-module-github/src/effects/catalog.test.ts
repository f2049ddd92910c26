import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { House } from '../__testUtils__/house';
import { startCatalog } from '../__testUtils__/realCatalog';
import { commitFiles, mergePull } from '../__testUtils__/standIn';
import { GithubDriver } from '../githubDriver';

const ADDRESS = 'https://github.test/acme/pay/blob/main/catalog-info.yaml';
const ENTITY = (name: string) =>
  `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: experimental
  owner: group:default/payments
`;

const house = new House();
const { standIn } = house;
let real: { catalog: CatalogService; auth: AuthService; stop(): Promise<void> };
/** What the catalog of a test does otherwise than the real one. */
let broken: Partial<CatalogService> = {};
/** Each test has a service of its own: the catalog remembers. */
let name = '';
let count = 0;
let patience = 100;

beforeAll(async () => {
  await house.start();
  real = await startCatalog(url => {
    const [, repo, path] = /acme\/([^/]+)\/blob\/main\/(.+)$/.exec(url) ?? [];
    return standIn.state.find('acme', repo)?.git.filesAt('main').get(path)
      ?.text;
  });
});
afterAll(async () => {
  await real.stop();
  await standIn.stop();
});
beforeEach(async () => {
  house.reset();
  broken = {};
  patience = 100;
  name = `pay-${++count}`;
  house.request = { ...house.request, name };
  house.files = [
    {
      path: 'catalog-info.yaml',
      mode: '644',
      bytes: Buffer.from(ENTITY(name)),
    },
  ];
  const catalog = new Proxy(real.catalog, {
    get: (target, key: keyof CatalogService) =>
      broken[key] ?? target[key].bind(target),
  });
  const parts = {
    ...house.parts,
    // The catalog needs real time.
    wait: async (milliseconds: number, signal: AbortSignal) => {
      house.waits.push(milliseconds);
      await sleep(patience, undefined, { signal });
    },
  };
  house.driver = new GithubDriver(parts, { catalog, auth: real.auth });
  await house.make('repo:ensure');
});
afterEach(() => standIn.verify());

const repository = () => standIn.state.find('acme', name)!;
const address = () => ADDRESS.replace('/pay/', `/${name}/`);
const using = async () => ({
  credentials: await real.auth.getOwnServiceCredentials(),
});
const entity = async () =>
  real.catalog.getEntityByRef(`component:default/${name}`, await using());
const location = async () =>
  real.catalog.getLocationByRef(`url:${address()}`, await using());
const register = async (target: string) =>
  real.catalog.addLocation({ type: 'url', target }, await using());
const adopt = () =>
  house.outputs.set('repo:ensure', {
    ...house.outputs.get('repo:ensure'),
    origin: 'adopted',
  });

describe('catalog:entity:ensure', () => {
  it('registers the file, and waits until the entity comes from it', async () => {
    expect(await house.lookUp('catalog:entity:ensure')).toEqual({
      state: 'absent',
    });
    const made = await house.make('catalog:entity:ensure');
    expect(made).toMatchObject({
      state: 'done',
      origin: 'created',
      links: [{ kind: 'component', target: `component:default/${name}` }],
      output: { target: address(), location: (await location())!.id },
    });
    expect((await entity())!.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-origin-location': `url:${address()}`,
    });
    expect(await house.make('catalog:entity:ensure')).toEqual(made);
    expect(await house.lookUp('catalog:entity:ensure')).toEqual(made);
  });

  it('looks before it registers again what had no answer', async () => {
    let answers = 0;
    broken.addLocation = async (...asked) => {
      await real.catalog.addLocation(...asked);
      answers++;
      throw new Error('socket hang up');
    };
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'done',
      origin: 'created',
      output: { location: (await location())!.id },
    });
    expect(answers).toBe(1);
  });

  it('passes a location that is there already for the same file only', async () => {
    // Somebody was faster: the catalog's own 409.
    broken.getLocationByRef = async (...asked) => {
      delete broken.getLocationByRef;
      const found = await real.catalog.getLocationByRef(...asked);
      await register(address());
      return found;
    };
    adopt();
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'done',
      origin: 'adopted',
      output: { location: null },
    });
    expect(await house.make('catalog:entity:remove')).toEqual({
      state: 'done',
    });
    expect(await location()).toBeDefined();
  });

  it('names the other place where the entity comes from', async () => {
    const other = standIn.state.make('acme', 'other', 'kim', {}, '# Other\n');
    commitFiles(other, { 'catalog-info.yaml': ENTITY(name) }, 'Mine', 'kim');
    const target = ADDRESS.replace('/pay/', '/other/');
    const { location: theirs } = await register(target);
    while (!(await entity())) await sleep(50);
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: {
        code: 'github.entity_elsewhere',
        params: { location: `url:${target}` },
      },
    });
    expect(await location()).toBeUndefined();
    await real.catalog.removeLocationById(theirs.id, await using());
  });

  it('fails after a minute where the catalog takes nothing from the file', async () => {
    commitFiles(
      repository(),
      { 'catalog-info.yaml': ENTITY(name).replace('Component', 'Group') },
      'Mine',
      'kim',
    );
    patience = 1;
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'failed',
      reason: { code: 'github.entity_unread' },
    });
    const minute = house.waits.reduce((sum, each) => sum + each, 0);
    expect(minute).toBe(60_000);
  });

  it('does not know what became of it where the catalog goes away', async () => {
    broken.addLocation = async (...asked) => {
      await real.catalog.addLocation(...asked);
      broken.getEntityByRef = async () => {
        throw new Error('ECONNREFUSED');
      };
      throw new Error('socket hang up');
    };
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'unknown',
      reason: { code: 'github.catalog_away' },
    });
    expect(await house.lookUp('catalog:entity:ensure')).toMatchObject({
      state: 'unreadable',
    });
    delete broken.getEntityByRef;
    while (!(await entity())) await sleep(50);
    expect(await house.lookUp('catalog:entity:ensure')).toMatchObject({
      state: 'done',
      origin: 'created',
    });
  });

  it('fails for now where the catalog is away before anything was said', async () => {
    broken.getEntityByRef = async () => {
      throw new Error('ECONNREFUSED');
    };
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'failed',
      reason: { code: 'github.catalog_away' },
    });
  });

  it('waits for the merge of a proposal', async () => {
    standIn.state.repositories.clear();
    standIn.state.make('acme', name, 'kim', {}, '# Theirs\n');
    house.outputs.clear();
    await house.make('repo:ensure');
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'failed',
      needsPerson: true,
      reason: { code: 'github.waits_for_merge' },
    });
    mergePull(repository(), 1, 'kim');
    expect(await house.make('catalog:entity:ensure')).toMatchObject({
      state: 'done',
      origin: 'created',
    });
  });
});

describe('catalog:entity:remove', () => {
  it('takes its location out, and waits until the entity has left', async () => {
    await house.make('catalog:entity:ensure');
    expect(await house.make('catalog:entity:remove')).toEqual({
      state: 'done',
    });
    expect(await entity()).toBeUndefined();
    expect(await location()).toBeUndefined();
    expect(await house.lookUp('catalog:entity:remove')).toEqual({
      state: 'done',
    });
  });

  it('finds what was registered and never written down', async () => {
    await register(address());
    expect(await house.make('catalog:entity:remove')).toEqual({
      state: 'done',
    });
    expect(await location()).toBeUndefined();
  });

  it('is done after an answer that was lost', async () => {
    await house.make('catalog:entity:ensure');
    broken.removeLocationById = async (...asked) => {
      await real.catalog.removeLocationById(...asked);
      throw new Error('socket hang up');
    };
    expect(await house.make('catalog:entity:remove')).toEqual({
      state: 'done',
    });
  });

  it('is done where repository and location are gone', async () => {
    standIn.state.repositories.clear();
    house.outputs.clear();
    expect(await house.make('catalog:entity:remove')).toEqual({
      state: 'done',
    });
  });
});
