import { createHash } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import fc from 'fast-check';
import { fromBase58, toBase58 } from './base58';
import { KNOWN_CONTEXTS, OB303, VC2 } from './contexts';
import { multikeyOf, privateKeyOf, publicKeyOf } from './keys';
import { dataToSign, holds, signed } from './proof';

/**
 * The test vector that 1EdTech publishes with the Open Badges 3.0 implementation
 * guide, for eddsa-rdfc-2022 and the context 3.0.3.
 */
const VECTOR = {
  seed: '6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4',
  multikey: 'z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi',
  created: '2010-01-01T19:23:24Z',
  issuer: 'https://example.edu/issuers/565049',
  proofHash: 'd34009cea0dbc1ca941e09dc01c8c9d3e3ce3c5b853f67ee44698dcea10f5d19',
  documentHash:
    '87f65a76d40146205e3b3e06cb0fbd153f97f9ce70372390f52566bb7f9e0773',
  proofValue:
    'z5x9aCBYovW3CQCbKdNyhEm7ffYSw1YpEdPywQJoNbzDD2gkzQDKJ1sYKJaWvqZtkMtSbz35HcbgXVEDYHxCzgkCr',
};

const DOCUMENT = {
  '@context': [VC2, OB303],
  id: 'http://example.com/credentials/3527',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: {
    id: VECTOR.issuer,
    type: ['Profile'],
    url: 'https://www.imsglobal.org',
    name: 'Example Corp',
  },
  validFrom: '2010-01-01T00:00:00Z',
  name: 'Teamwork Badge',
  credentialSubject: {
    id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://example.com/achievements/21st-century-skills/teamwork',
      type: ['Achievement'],
      criteria: {
        narrative:
          'Team members are nominated for this badge by their peers and recognized upon review by Example Corp management.',
      },
      description:
        'This badge recognizes the development of the capacity to collaborate within a group environment.',
      name: 'Teamwork',
    },
  },
};

const key = privateKeyOf(Buffer.from(VECTOR.seed, 'hex'));
const signer = {
  key,
  method: `${VECTOR.issuer}#${VECTOR.multikey}`,
  created: VECTOR.created,
};

describe("1EdTech's published vector", () => {
  it('has the key that its seed gives', () => {
    expect(multikeyOf(key)).toBe(VECTOR.multikey);
  });

  it('comes out byte for byte', async () => {
    const { proof } = await signed(DOCUMENT, signer);
    expect(proof.proofValue).toBe(VECTOR.proofValue);
    const { proofValue: _, ...options } = proof;
    expect((await dataToSign(DOCUMENT, options)).toString('hex')).toBe(
      VECTOR.proofHash + VECTOR.documentHash,
    );
  });

  it('holds, and holds no more with anything changed', async () => {
    const document = await signed(DOCUMENT, signer);
    const publicKey = publicKeyOf(VECTOR.multikey)!;
    expect(await holds(document, document.proof, publicKey)).toBe(true);
    const other = { ...document, name: 'Teamwork badge' };
    expect(await holds(other, document.proof, publicKey)).toBe(false);
    const later = { ...document.proof, created: '2010-01-01T19:23:25Z' };
    expect(await holds(document, later, publicKey)).toBe(false);
    const strange = publicKeyOf(multikeyOf(privateKeyOf(Buffer.alloc(32, 7))))!;
    expect(await holds(document, document.proof, strange)).toBe(false);
  });
});

it('refuses words that no context explains, and contexts it does not know', async () => {
  const unknown = { ...DOCUMENT, somethingElse: 'text' };
  await expect(signed(unknown, signer)).rejects.toThrow();
  const elsewhere = { ...DOCUMENT, '@context': [VC2, 'https://example.com/c'] };
  await expect(signed(elsewhere, signer)).rejects.toThrow();
});

it('means by its contexts what it meant when they were pinned', () => {
  const digests = [...KNOWN_CONTEXTS].map(([address, context]) => [
    address,
    createHash('sha256').update(JSON.stringify(context)).digest('hex'),
  ]);
  expect(Object.fromEntries(digests)).toEqual({
    [VC2]: 'bf6fd611e6773d58f649459a45dbbb81f94e8cfd058a756644cd5a4a882c4050',
    [OB303]: 'e407ae98563c7b4708be4c8198a7f254bc09c131afc68e73d5f90eb0a34c6f7f',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json':
      '3b7ee3db2a81386e4369ea73ccc6b85f3cf463094e633466cee7e0b048cbeb35',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json':
      'a6196945628b9d02b7b60f57f0a8f6baa9771a202d1a9e378555fc95d71d6c33',
    'https://purl.imsglobal.org/spec/ob/v3p0/context.json':
      'ce6ab7f5729910f4fd7f35ec2cdb91f15446d1d2f886b6ccc1c1380b47fa8383',
  });
});

it('reads in base58 what it wrote', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), bytes => {
      expect(fromBase58(toBase58(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
  expect(fromBase58('0')).toBeUndefined();
  expect(fromBase58('1'.repeat(129))).toBeUndefined();
});

describe('the suite of Digital Bazaar', () => {
  const documents = new Map<string, object>(KNOWN_CONTEXTS);
  documents.set(VECTOR.issuer, {
    '@context': 'https://w3id.org/security/v2',
    id: VECTOR.issuer,
    assertionMethod: [signer.method],
  });
  documents.set(signer.method, {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: signer.method,
    type: 'Multikey',
    controller: VECTOR.issuer,
    publicKeyMultibase: VECTOR.multikey,
  });
  const documentLoader = async (url: string) => {
    const document = documents.get(url);
    if (!document) throw new Error(`Nothing is fetched, not even ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
  it('accepts what we sign, and not what was changed since', async () => {
    const verify = (credential: object) =>
      vc.verifyCredential({
        credential,
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader,
        now: new Date('2020-01-01T00:00:00Z'),
      });
    const ours = await signed(DOCUMENT, signer);
    expect((await verify(ours)).verified).toBe(true);
    expect((await verify({ ...ours, name: 'Another' })).verified).toBe(false);
  });

  it('signs what we accept', async () => {
    const pair = await Multikey.from({
      '@context': 'https://w3id.org/security/multikey/v1',
      type: 'Multikey',
      id: signer.method,
      controller: VECTOR.issuer,
      publicKeyMultibase: VECTOR.multikey,
      secretKeyMultibase:
        'zrv2bqTbNwCTsRrHFcJCPjVAduh4Ezcnoq1A3ZxH1GWTNkxipLVuaAoMFmze2gFN9oNXfJjufxSHWVZzsJiUsMHFMcx',
    });
    const suite = new DataIntegrityProof({
      signer: pair.signer(),
      cryptosuite,
    });
    const theirs = await vc.issue({
      credential: DOCUMENT,
      suite,
      documentLoader,
    });
    expect(
      await holds(theirs, theirs.proof, publicKeyOf(VECTOR.multikey)!),
    ).toBe(true);
  });
});
