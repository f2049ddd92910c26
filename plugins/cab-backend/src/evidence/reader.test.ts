import { generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import type { EvidenceKind } from '@fawkes/backstage-plugin-cab-common';
import { cyclonedx, junit, sarif } from './__testUtils__/samples';
import { EvidenceReader, READING } from './reader';
import type { TrustedKey } from './worker/protocol';

const pair = generateKeyPairSync('ed25519');
const keys: TrustedKey[] = [
  {
    id: 'builder',
    pem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  },
];

async function* pieces(text: string) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) {
    yield bytes.subarray(at, at + 65_536);
  }
}

const readers: EvidenceReader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
});

function start(limits: Partial<typeof READING> = {}) {
  const reader = new EvidenceReader(
    { reads: 'evidence', keys },
    // Starting a thread from sources takes its time on a busy machine.
    { ...READING, timeMs: 60_000, startMs: 300_000, ...limits },
  );
  readers.push(reader);
  return (kind: EvidenceKind, text: string) =>
    reader.read(kind, Buffer.byteLength(text), pieces(text));
}

/** An in-toto statement in an envelope, signed as told. */
function envelope(keyid: string, by = pair.privateKey) {
  const type = 'application/vnd.in-toto+json';
  const payload = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ digest: { sha256: 'a'.repeat(64) } }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: { resolvedDependencies: [] },
        runDetails: { builder: { id: 'b' } },
      },
    }),
  );
  const signed = Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `),
    payload,
  ]);
  return JSON.stringify({
    payloadType: type,
    payload: payload.toString('base64'),
    signatures: [{ keyid, sig: sign(null, signed, by).toString('base64') }],
  });
}

it('reads one document after the other in the same thread', async () => {
  const read = start();
  const [tests, scan, broken] = await Promise.all([
    read('tests', junit(5, 1)),
    read('scan', sarif('7.5')),
    read('tests', '<testsuite>'),
  ]);
  expect(tests).toMatchObject({ says: { cases: 5, failed: 1 } });
  expect(scan).toMatchObject({ says: { worst: 'high' } });
  expect(broken).toMatchObject({ fault: { code: 'EVIDENCE_MALFORMED' } });
}, 600_000);

it('holds CycloneDX to the schema of its version', async () => {
  const read = start();
  const library = { type: 'library', name: 'left', version: '1' };
  for (const [more, reason] of [
    [{ components: [library, library] }, 'components'],
    [{ components: [{ name: 'left' }] }, 'components.0'],
    [
      {
        components: [
          { ...library, hashes: [{ alg: 'SHA-256', content: 'x' }] },
        ],
      },
      'hashes.0',
    ],
    [{ surprise: 1 }, 'document'],
  ] as const) {
    expect(await read('sbom', cyclonedx(1, more))).toMatchObject({
      fault: {
        code: 'EVIDENCE_SCHEMA',
        reason: expect.stringContaining(reason),
      },
    });
  }
}, 600_000);

it('reads every version that it says it reads', async () => {
  const read = start();
  for (const specVersion of ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7']) {
    expect(await read('sbom', cyclonedx(2, { specVersion }))).toMatchObject({
      says: { format: `CycloneDX ${specVersion}` },
    });
  }
}, 600_000);

it('tells which trusted key signed, and who only says so', async () => {
  const read = start();
  const other = generateKeyPairSync('ed25519').privateKey;
  expect(await read('provenance', envelope('builder'))).toMatchObject({
    says: { signedBy: 'builder' },
  });
  // The name of a key is a hint and decides nothing.
  expect(await read('provenance', envelope('whatever'))).toMatchObject({
    says: { signedBy: 'builder' },
  });
  expect(await read('provenance', envelope('stranger', other))).toMatchObject({
    says: { signedBy: null },
  });
  expect(await read('provenance', envelope('builder', other))).toMatchObject({
    fault: { code: 'EVIDENCE_SIGNATURE' },
  });
}, 600_000);

it.each<[string, EvidenceKind, string, string]>([
  [
    'takes all its memory',
    'scan',
    'EVIDENCE_TOO_COMPLEX',
    'more memory than is allowed',
  ],
  ['throws in it', 'sbom', 'EVIDENCE_UNREADABLE', 'reading it broke down'],
  [
    'ends it without a word',
    'vex',
    'EVIDENCE_UNREADABLE',
    'reading it broke down',
  ],
])(
  'never takes what ends the thread for a pass, and reads on: it %s',
  async (_what, kind, code, reason) => {
    const reader = new EvidenceReader(
      { reads: 'evidence', keys },
      { ...READING, timeMs: 60_000, heapMb: 64 },
      join(__dirname, '__testUtils__', 'broken.cjs'),
    );
    readers.push(reader);
    const read = (each: EvidenceKind) => reader.read(each, 1, pieces('x'));
    expect(await read(kind)).toEqual({ fault: { code, reason } });
    expect(await read('tests')).toEqual({ says: { kind: 'tests' } });
  },
  600_000,
);

it('refuses what is more than any heap holds before it is read, in the same thread', async () => {
  const read = start({ heapMb: 96 });
  const huge = `{"version":"2.1.0","runs":[${Array.from(
    { length: 1_500_000 },
    () => '{"a":[{}]}',
  ).join(',')}]}`;
  expect(await read('scan', huge)).toMatchObject({
    fault: { code: 'EVIDENCE_TOO_COMPLEX' },
  });
  expect(await read('tests', junit())).toMatchObject({ says: { cases: 3 } });
}, 600_000);

it('gives up on what takes too long, and reads on', async () => {
  const read = start({ timeMs: 1 });
  expect(await read('tests', junit(50_000))).toEqual({
    fault: { code: 'EVIDENCE_TOO_COMPLEX', reason: 'more than 1 ms' },
  });
  const patient = start();
  expect(await patient('tests', junit())).toMatchObject({ says: { cases: 3 } });
}, 600_000);

it('says so when bytes are missing, and when the thread cannot be', async () => {
  const read = start();
  const reader = readers.at(-1)!;
  expect(await reader.read('tests', 1_000, pieces(junit()))).toMatchObject({
    fault: { code: 'EVIDENCE_UNREADABLE' },
  });
  expect(await read('tests', junit())).toMatchObject({ says: { cases: 3 } });
  const gone = new EvidenceReader(
    { reads: 'evidence', keys },
    READING,
    '/nowhere/work.cjs',
  );
  await expect(gone.read('tests', 1, pieces('x'))).rejects.toMatchObject({
    statusCode: 503,
  });
}, 600_000);

it('lets no more wait than it can read', async () => {
  const read = start({ waiting: 2 });
  const asked = [1, 2, 3].map(() => read('tests', junit()));
  const [first, second, third] = await Promise.allSettled(asked);
  expect(first.status).toBe('fulfilled');
  expect(second.status).toBe('fulfilled');
  expect(third).toMatchObject({
    status: 'rejected',
    reason: { statusCode: 503, retryAfter: 5 },
  });
}, 600_000);
