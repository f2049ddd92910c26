import { leastCpuTimeOf, leastCpuTimeOfAsync } from '@internal/hostile-text';
import { bakePng, unbakePng } from './bakePng';
import { bakeSvg, unbakeSvg } from './bakeSvg';
import { OB303, VC2 } from './contexts';
import { multikeyOf, privateKeyOf } from './keys';
import { beltPng, beltSvg } from './pictures';
import { signed } from './proof';
import { encodeList, isSet, LIST_LENGTH } from './statusList';
import { verifyBadge, type Trust, type TrustedKey } from './verify';

const ISSUER = 'https://portal.example.org/api/dojo/public/issuer';
const key = privateKeyOf(Buffer.alloc(32, 1));
const multikey = multikeyOf(key);
const signer = {
  key,
  method: `${ISSUER}#${multikey}`,
  created: '2026-11-30T12:00:00Z',
};
const BADGE = {
  '@context': [VC2, OB303],
  id: 'https://portal.example.org/api/dojo/public/credentials/1',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: ISSUER, type: ['Profile'], name: 'Portal' },
  validFrom: '2026-11-30T12:00:00Z',
  name: 'White belt',
  credentialSubject: {
    type: ['AchievementSubject'],
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: 'sha256$00',
        identityType: 'emailAddress',
        salt: 'ff',
      },
    ],
    achievement: {
      id: 'https://portal.example.org/api/dojo/public/achievements/w/1',
      type: ['Achievement'],
      name: 'White belt',
      description: 'Can',
      criteria: { narrative: 'Earned' },
    },
  },
};

const trustOf = (more: Partial<Trust> = {}, own: Partial<TrustedKey> = {}) => ({
  issuers: new Map([
    [
      ISSUER,
      {
        id: ISSUER,
        name: 'Portal',
        keys: new Map([
          [signer.method, { multikey, expires: null, revoked: false, ...own }],
        ]),
      },
    ],
  ]),
  statusOf: async () => 'good' as const,
  now: () => Date.parse('2026-12-01T00:00:00Z'),
  ...more,
});

const badge = () => signed(BADGE, signer);
const verify = async (value: unknown, trust: Trust = trustOf()) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const { verdict, steps } = await verifyBadge(text, trust);
  const last = steps.find(({ outcome }) => outcome === 'failed');
  return [verdict, last?.step, last?.code].filter(each => each !== undefined);
};

describe('verifying', () => {
  afterEach(() => jest.restoreAllMocks());

  it('finds a sound one valid, without any network', async () => {
    const fetched = jest.spyOn(globalThis, 'fetch');
    expect(await verify(await badge())).toEqual(['valid']);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('refuses each kind of fault at its own step', async () => {
    const good = await badge();
    const { proof } = good;
    const cases: Array<[unknown, string, string]> = [
      ['{', 'read', 'json'],
      ['[]', 'read', 'json'],
      [`{"a":"${'x'.repeat(70_000)}"}`, 'read', 'large'],
      [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'read', 'deep'],
      [{ ...good, name: null }, 'read', 'null'],
      [
        { ...good, extra: Array.from({ length: 201 }, () => ({})) },
        'read',
        'many',
      ],
      // A context that is deeper down would give words another meaning.
      [
        {
          ...good,
          credentialSubject: {
            ...good.credentialSubject,
            '@context': { achievement: 'https://example.com/x' },
          },
        },
        'read',
        'keyword',
      ],
      [{ ...good, '@context': [OB303, VC2] }, 'contexts', 'other'],
      [{ ...good, '@context': [VC2, OB303, {}] }, 'contexts', 'other'],
      [{ ...good, '@context': [VC2, { name: 'x:y' }] }, 'contexts', 'other'],
      [{ ...good, '@context': VC2 }, 'contexts', 'other'],
      [
        { ...good, '@context': [VC2, 'https://example.com/context'] },
        'contexts',
        'other',
      ],
      [{ ...good, somethingElse: 1 }, 'shape', 'top'],
      [{ ...good, type: ['VerifiableCredential'] }, 'shape', 'type'],
      [{ ...good, proof: undefined }, 'proof', 'none'],
      [
        { ...good, proof: [proof, { ...proof, type: 'Ed25519Signature2020' }] },
        'proof',
        'unsupported',
      ],
      [
        { ...good, proof: { ...proof, cryptosuite: 'eddsa-2022' } },
        'proof',
        'unsupported',
      ],
      [
        { ...good, proof: { ...proof, proofPurpose: 'authentication' } },
        'proof',
        'unsupported',
      ],
      [
        { ...good, issuer: 'https://example.com/other' },
        'issuer',
        'other-method',
      ],
      [
        {
          ...good,
          proof: { ...proof, verificationMethod: `${ISSUER}#z6MkOther` },
        },
        'key',
        'unknown',
      ],
      [{ ...good, name: 'Black belt' }, 'signature', 'other'],
      [
        { ...good, proof: { ...proof, created: '2026-11-30T12:00:01Z' } },
        'signature',
        'other',
      ],
    ];
    for (const [value, step, code] of cases) {
      expect(await verify(value)).toEqual(['invalid', step, code]);
    }
  });

  it('trusts no issuer that only the badge knows', async () => {
    const good = await badge();
    const other = 'https://evil.example.org/issuer';
    const theirs = await signed(
      { ...BADGE, issuer: { ...BADGE.issuer, id: other } },
      { ...signer, method: `${other}#${multikey}` },
    );
    expect(await verify(theirs)).toEqual(['foreign']);
    // The issuer is ours, the key is theirs.
    expect(await verify({ ...theirs, issuer: good.issuer })).toEqual([
      'invalid',
      'issuer',
      'other-method',
    ]);
  });

  it('lets a rotated key stand for what it signed before, and a stolen one for nothing', async () => {
    const good = await badge();
    const at = Date.parse(signer.created);
    expect(await verify(good, trustOf({}, { expires: at + 1 }))).toEqual([
      'valid',
    ]);
    expect(await verify(good, trustOf({}, { expires: at }))).toEqual([
      'invalid',
      'key',
      'expired',
    ]);
    expect(await verify(good, trustOf({}, { revoked: true }))).toEqual([
      'invalid',
      'key',
      'revoked',
    ]);
  });

  it('says revoked, superseded, not yet, expired and unchecked, the first that applies', async () => {
    const until = await signed(
      { ...BADGE, validUntil: '2028-11-30T12:00:00Z' },
      signer,
    );
    const at = (day: string, status?: 'good' | 'revoked' | 'superseded') =>
      verify(
        until,
        trustOf({
          now: () => Date.parse(day),
          statusOf: async () => status,
        }),
      );
    expect(await at('2026-11-30T11:59:59Z', 'good')).toEqual([
      'not-yet',
      'dates',
      'not-yet',
    ]);
    expect(await at('2028-11-30T12:00:00Z', 'good')).toEqual(['valid']);
    expect(await at('2028-11-30T12:00:00.001Z', 'good')).toEqual([
      'expired',
      'dates',
      'expired',
    ]);
    expect((await at('2030-01-01T00:00:00Z', 'revoked'))[0]).toBe('revoked');
    expect((await at('2027-01-01T00:00:00Z', 'superseded'))[0]).toBe(
      'superseded',
    );
    expect(await at('2027-01-01T00:00:00Z')).toEqual(['unchecked']);
  });

  it('costs little, whatever somebody sends', async () => {
    const good = await badge();
    const achievement = {
      ...good.credentialSubject.achievement,
      description: 'x'.repeat(4_000),
    };
    const identity = good.credentialSubject.identifier[0];
    const subject = (identifier: unknown[]) => ({
      ...good,
      credentialSubject: {
        ...good.credentialSubject,
        achievement,
        identifier,
      },
    });
    const hostile = [
      // As many nodes without a name as are let through, all alike.
      subject(Array.from({ length: 4 }, () => identity)),
      subject(Array.from({ length: 180 }, () => identity)),
      { ...good, proof: Array.from({ length: 190 }, () => good.proof) },
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      `{"a":"${'\\u0000'.repeat(10_000)}"}`,
    ];
    for (const value of hostile) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const judge = async () => {
        expect((await verifyBadge(text, trustOf())).verdict).toBe('invalid');
      };
      expect(await leastCpuTimeOfAsync(judge, 200)).toBeLessThan(200);
    }
  });
});

describe('a picture', () => {
  const text = '{"a":"]]>&<ü李"}';

  it('carries a certificate as SVG', () => {
    const svg = bakeSvg(beltSvg('white', 'A <belt> & more'), text);
    expect(unbakeSvg(svg)).toBe(text);
    expect(unbakeSvg(`<!DOCTYPE svg>${svg}`)).toBe(text);
    const declared = `<!DOCTYPE svg [<!ENTITY a "b">]>${svg}`;
    expect(unbakeSvg(declared)).toBeUndefined();
    expect(unbakeSvg(svg.replace('</svg>', '&nothing;</svg>'))).toBeUndefined();
    expect(unbakeSvg(bakeSvg(svg, text))).toBeUndefined();
    expect(unbakeSvg(beltSvg('white', 'None'))).toBeUndefined();
  });

  it('carries a certificate as PNG', () => {
    const png = bakePng(beltPng('white'), text);
    expect(unbakePng(png)).toBe(text);
    const broken = Buffer.from(png);
    broken[60] += 1;
    expect(unbakePng(broken)).toBeUndefined();
    expect(unbakePng(png.subarray(0, 40))).toBeUndefined();
    expect(unbakePng(bakePng(png, text))).toBeUndefined();
    expect(unbakePng(beltPng('black'))).toBeUndefined();
  });
});

it('reads a picture at little cost, whatever somebody draws', () => {
  const hostile = [
    '<a>'.repeat(340_000),
    `<svg>${'<g>'.repeat(30)}${'<g/>'.repeat(250_000)}`,
    `<svg ${Array.from({ length: 100_000 }, (_, n) => `a${n}=""`).join(' ')}/>`,
  ];
  for (const svg of hostile) {
    const read = () => expect(unbakeSvg(svg)).toBeUndefined();
    expect(leastCpuTimeOf(read, 1_000)).toBeLessThan(1_000);
  }
});

describe('a status list', () => {
  it('has its first bit at the left, and no end of a trick', () => {
    const list = encodeList([0, 9, LIST_LENGTH - 1]);
    const set = [0, 1, 8, 9, 10, LIST_LENGTH - 1].filter(index =>
      isSet(list, index),
    );
    expect(set).toEqual([0, 9, LIST_LENGTH - 1]);
    expect(isSet(list, LIST_LENGTH)).toBeUndefined();
    expect(isSet('uAAAA', 0)).toBeUndefined();
    expect(encodeList([]).length).toBeLessThan(100);
  });
});
