import { inspect } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { Issuer } from './issuer';
import { multikeyOf, privateKeyOf } from './keys';
import { readIssuer } from './readIssuer';

const SEED = Buffer.alloc(32, 7).toString('base64');
const MULTIKEY = multikeyOf(privateKeyOf(Buffer.alloc(32, 8)));
const ISSUER = {
  url: 'https://portal.example.org/api/dojo/',
  name: 'Portal',
  keys: [{ seed: SEED }],
};
const read = (issuer?: object, more: object = {}) =>
  readIssuer(
    mockServices.rootConfig({ data: { dojo: { issuer, ...more } } as never }),
    true,
  );
/** A database in which certificates were issued under these addresses. */
const issuedUnder = (...urls: string[]) =>
  (() => ({ distinct: () => ({ pluck: async () => urls }) })) as never as Knex;

describe('who signs', () => {
  afterEach(() => jest.restoreAllMocks());

  it('has to be named in production, where belts can be earned', () => {
    const env = { ...process.env, NODE_ENV: 'production' };
    expect(read()).toMatchObject({ sample: true, keys: [] });
    jest.replaceProperty(process, 'env', env);
    expect(() => read()).toThrow('dojo.issuer is missing');
  });

  it('is read with its keys, the first of which signs', () => {
    const old = { multikey: MULTIKEY, expires: '2026-11-30T12:00:00Z' };
    expect(read({ ...ISSUER, keys: [{ seed: SEED }, old] })).toEqual({
      url: 'https://portal.example.org/api/dojo',
      name: 'Portal',
      aliases: [],
      pinned: [],
      sample: false,
      keys: [
        { seed: SEED, multikey: undefined, expires: null, revoked: false },
        {
          seed: undefined,
          multikey: MULTIKEY,
          expires: Date.parse(old.expires),
          revoked: false,
        },
      ],
    });
  });

  it.each([
    [{ url: 'portal' }, 'dojo.issuer.url must be'],
    [{ aliases: ['ftp://a.example'] }, 'dojo.issuer.aliases[0] must be'],
    [{ keys: [] }, 'dojo.issuer.keys[0].seed is missing'],
    [{ keys: [{ multikey: MULTIKEY }] }, 'keys[0].seed is missing'],
    [{ keys: [{}] }, 'keys[0] needs a seed or a multikey'],
    [{ keys: [{ seed: `${SEED}AA` }] }, 'keys[0].seed must be'],
    [{ keys: [{ seed: SEED, multikey: MULTIKEY }] }, 'a seed and a multikey'],
    [{ keys: [{ seed: SEED, revoked: true }] }, 'expired or revoked'],
    [{ keys: [{ seed: SEED, expires: 'soon' }] }, 'keys[0].expires must be'],
    [
      { keys: [{ seed: SEED }, { multikey: 'z6Mk' }] },
      'keys[1].multikey must be',
    ],
  ])('is refused where it cannot be meant: %j', (own, message) => {
    const refused = () => read({ ...ISSUER, ...own });
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(SEED);
  });

  it('does not begin where certificates lead to an address that it does not know', async () => {
    const before = 'https://old.example.org/api/dojo';
    await expect(
      Issuer.open(issuedUnder(before), read(ISSUER)),
    ).rejects.toThrow(/name that one in dojo\.issuer\.aliases/);
    const aliased = read({ ...ISSUER, aliases: [before] });
    const issuer = await Issuer.open(issuedUnder(before), aliased);
    expect([...issuer.trusted().keys()]).toEqual([
      'https://portal.example.org/api/dojo/public/issuer',
      'https://old.example.org/api/dojo/public/issuer',
    ]);
  });

  it('hands out nothing that signs', async () => {
    const issuer = await Issuer.open(issuedUnder(), read(ISSUER));
    expect(inspect(issuer, { depth: 9 })).not.toContain(SEED);
    expect(JSON.stringify([issuer, issuer.profile()])).not.toContain(SEED);
  });
});
