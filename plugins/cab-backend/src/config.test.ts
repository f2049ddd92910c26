import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  NO_TRAITS,
  participationOf,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { readCabConfig } from './config';
import { openSigner } from './record/openSigner';
import { Signer } from './record/signer';

const groups = { board: 'board', security: 'group:default/Security' };
const read = (
  cab: JsonObject | undefined,
  environment?: string,
  backend?: JsonObject,
) =>
  readCabConfig(
    mockServices.rootConfig({
      data: { ...(cab && { cab }), ...(backend && { backend }) },
    }),
    environment,
  );
const pem = Signer.made('a').pem;

describe('the configuration', () => {
  it('has its defaults', () => {
    expect(read({ groups })).toMatchObject({
      groups: {
        board: 'group:default/board',
        security: 'group:default/security',
      },
      gate: { classes: ['staging', 'production'], callers: [] },
      participation: { default: 'observe', rules: [] },
      identity: {
        annotations: ['github.com/user-login', 'gitlab.com/user-login'],
      },
      policyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      dataFolder: undefined,
    });
  });

  it.each<[string, JsonObject | undefined, string | undefined, RegExp]>([
    ['no groups', undefined, 'development', /^cab\.groups names no board/],
    [
      'no groups in production',
      {},
      'production',
      /^cab\.groups names no board/,
    ],
    [
      'no security group',
      { groups: { board: 'board' } },
      undefined,
      /^cab\.groups\.security/,
    ],
    ['no key in production', { groups }, 'production', /^cab\.record\.key/],
    [
      'no name in production',
      { groups, record: { key: pem } },
      'production',
      /^cab\.record\.origin/,
    ],
    [
      'a class nobody knows',
      { groups, environments: { x: 'live' } },
      undefined,
      /^cab\.environments\.x/,
    ],
    [
      'a setting nobody knows',
      { groups, quorum: 0 },
      undefined,
      /^cab\.quorum: is not a field here/,
    ],
    [
      'a freeze without an end',
      {
        groups,
        calendar: {
          freezes: [
            { id: 'a', title: 'b', start: '2026-01-01T00:00', zone: 'UTC' },
          ],
        },
      },
      undefined,
      /^cab\.calendar\.freezes\[0\]\.durationMinutes/,
    ],
    [
      'a zone that is none',
      {
        groups,
        calendar: {
          businessHours: {
            zone: 'Mars',
            days: [1],
            from: '09:00',
            to: '17:00',
          },
        },
      },
      undefined,
      /^cab\.calendar\.businessHours\.zone/,
    ],
  ])('refuses %s', (_what, cab, environment, said) => {
    expect(() => read(cab, environment)).toThrow(said);
  });

  it('starts in production with board, security, a key and a name', () => {
    const config = read(
      { groups, record: { key: pem, origin: 'portal.example/cab-1' } },
      'production',
    );
    expect(config.record.origin).toBe('portal.example/cab-1');
  });

  it('does not lose the key of a record that stays', () => {
    expect(() =>
      read({ groups }, 'development', { database: { client: 'pg' } }),
    ).toThrow(/^cab\.record\.key: the record outlives/);
    expect(
      read({ groups }, 'development', {
        database: { connection: { directory: '/x' } },
      }).dataFolder,
    ).toBe('/x');
    expect(
      read({ groups }, 'development', { database: { connection: ':memory:' } })
        .dataFolder,
    ).toBeUndefined();
  });

  it('is another policy when something else decides, and not for another key', () => {
    const usual = read({ groups }).policyHash;
    expect(read({ groups, record: { key: pem } }).policyHash).toBe(usual);
    expect(
      read({ groups, gate: { classes: ['production'] } }).policyHash,
    ).not.toBe(usual);
  });

  it('says how far change approval goes, the first rule that fits', () => {
    const config = read({
      groups,
      participation: {
        rules: [
          {
            mode: 'off',
            entity: 'component:default/a',
            owner: 'group:default/x',
          },
          { mode: 'enforce', entity: 'component:default/a' },
        ],
      },
    });
    const of = (entityRef: string, owner: string | null) =>
      participationOf(config.participation, {
        entityRef,
        owner,
        traits: NO_TRAITS,
      });
    expect(of('component:default/a', 'group:default/x')).toBe('off');
    expect(of('component:default/a', null)).toBe('enforce');
    expect(of('component:default/b', null)).toBe('observe');
  });
});

describe('the key of a desk', () => {
  const logger = mockServices.logger.mock();

  it('lies beside the databases, and stays the same', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'cab-desk-'));
    const open = () => openSigner({ record: {}, dataFolder }, logger);
    const first = await open();
    await first.memory.write({ size: 1, parts: ['a'], chain: 'b' });
    const second = await open();
    expect(second.signer.verifierKey).toBe(first.signer.verifierKey);
    expect(await second.memory.read()).toEqual({
      size: 1,
      parts: ['a'],
      chain: 'b',
    });
    expect((await readdir(join(dataFolder, 'cab-record'))).sort()).toEqual([
      'key.json',
      'signed.json',
    ]);
    await rm(dataFolder, { recursive: true });
    const third = await open();
    expect(third.signer.name).not.toBe(first.signer.name);
    await rm(dataFolder, { recursive: true });
  });

  it('lives as long as the process where there is no place for it, and says so', async () => {
    const { signer, memory } = await openSigner(
      { record: {}, dataFolder: undefined },
      logger,
    );
    expect(signer.name).toMatch(/^localhost\/cab-[0-9a-f]{8}$/);
    expect(await memory.read()).toBeUndefined();
    expect(logger.warn).toHaveBeenCalled();
  });

  it('is the one that was given', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cab-desk-'));
    const record = {
      key: pem,
      origin: 'portal.example/cab-1',
      memory: join(folder, 'last'),
    };
    const { signer, memory } = await openSigner(
      { record, dataFolder: undefined },
      logger,
    );
    expect(signer.name).toBe('portal.example/cab-1');
    await memory.write({ size: 1, parts: ['a'], chain: 'b' });
    expect(await readdir(folder)).toEqual(['last']);
    await rm(folder, { recursive: true });
  });
});
