import { generateKeyPairSync, sign, verify } from 'node:crypto';
import type {
  ExportLine,
  TimelineEntry,
} from '@fawkes/backstage-plugin-cab-common';
import {
  canonicalBytes,
  chainHashOf,
  checkpointText,
  FIRST_PREV,
  inclusionProof,
  leafHashOf,
  rangesOf,
  rootOf,
  signedNote,
  toBase64,
  verifierKey,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { verifyRecord, type CheckSignature } from './verifyRecord';

const ORIGIN = 'portal.example/cab-1';
const CHANGE = '0190a000-0000-7000-8000-000000000001';
const AT = 1_764_525_600_000;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const raw = new Uint8Array(
  publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
);
const KEY = verifierKey(ORIGIN, raw);
const byNode: CheckSignature = async (_, signature, text) =>
  verify(null, text, publicKey, signature);

/** A record of five entries, of which two are of the change. */
function aRecord() {
  let prev: Uint8Array = FIRST_PREV;
  let own: string | null = null;
  let count = 0;
  const leaves: Uint8Array[] = [];
  const entries = ['x', CHANGE, 'x', CHANGE, 'x'].map((changeId, seq) => {
    const isOwn = changeId === CHANGE;
    const body = canonicalBytes({
      eventId: `event-${seq}`,
      changeId,
      changeSeq: isOwn ? count++ : 0,
      changePrev: isOwn ? own : null,
      type: seq === 1 ? 'create' : 'comment',
      at: AT + seq,
      actor: 'user:default/mira',
      correlationId: 'c',
      data: {},
    });
    const leaf = leafHashOf(body);
    const chain = chainHashOf(prev, seq, leaf);
    const entry = {
      kind: 'entry' as const,
      seq,
      eventId: `event-${seq}`,
      body: toBase64(body),
      leafHash: hex(leaf),
      prevHash: hex(prev),
      chainHash: hex(chain),
    };
    leaves.push(leaf);
    prev = chain;
    if (isOwn) own = hex(leaf);
    return { changeId, entry };
  });
  const size = leaves.length;
  const ranges = rangesOf(leaves);
  const text = checkpointText({
    origin: ORIGIN,
    size,
    root: rootOf(ranges, size),
  });
  const lines: ExportLine[] = [
    {
      kind: 'header',
      format: 'cab-export/1',
      origin: ORIGIN,
      changeId: CHANGE,
    },
    ...entries
      .filter(({ changeId }) => changeId === CHANGE)
      .map(({ entry }) => ({
        ...entry,
        proof: {
          size,
          path: inclusionProof(ranges, entry.seq, size).map(toBase64),
        },
      })),
    {
      kind: 'checkpoint',
      note: signedNote(
        text,
        ORIGIN,
        raw,
        new Uint8Array(sign(null, Buffer.from(text), privateKey)),
      ),
    },
  ];
  return lines;
}

const shown = (over: Partial<TimelineEntry> = {}): TimelineEntry[] => [
  {
    seq: 1,
    type: 'create',
    actor: 'user:default/mira',
    at: new Date(AT + 1).toISOString(),
    state: 'draft',
    text: null,
  },
  {
    seq: 3,
    type: 'comment',
    actor: 'user:default/mira',
    at: new Date(AT + 3).toISOString(),
    state: 'draft',
    text: null,
    ...over,
  },
];

const outcomes = async (
  lines: readonly ExportLine[],
  {
    keys = [KEY],
    page = shown(),
    isSigned = byNode,
  }: {
    keys?: string[];
    page?: TimelineEntry[];
    isSigned?: CheckSignature;
  } = {},
) => {
  const { checks } = await verifyRecord(lines, keys, CHANGE, page, isSigned);
  return Object.fromEntries(
    checks.map(({ id, outcome, seq }) => [
      id,
      seq === undefined ? outcome : `${outcome} ${seq}`,
    ]),
  );
};
const FITS = { signature: 'ok', entries: 'ok', proofs: 'ok', shown: 'ok' };

/** The record with an entry changed. */
const withEntry = (
  seq: number,
  change: (entry: Extract<ExportLine, { kind: 'entry' }>) => object,
) =>
  aRecord().map(line =>
    line.kind === 'entry' && line.seq === seq
      ? ({ ...line, ...change(line) } as ExportLine)
      : line,
  );

describe('verifying a record in the browser', () => {
  it('finds that everything fits', async () => {
    expect(await outcomes(aRecord())).toEqual(FITS);
  });

  it('names the first entry whose bytes were changed', async () => {
    const forged = withEntry(3, ({ body }) => ({
      body: toBase64(
        new TextEncoder().encode(atob(body).replace('mira', 'jona')),
      ),
    }));
    expect(await outcomes(forged)).toEqual({
      ...FITS,
      entries: 'bad 3',
      proofs: 'bad 3',
      shown: 'bad 3',
    });
  });

  it('is not content with a hash that was changed along', async () => {
    const forged = withEntry(3, ({ body }) => {
      const bytes = new TextEncoder().encode(
        atob(body).replace('mira', 'jona'),
      );
      return { body: toBase64(bytes), leafHash: hex(leafHashOf(bytes)) };
    });
    expect(await outcomes(forged)).toMatchObject({ proofs: 'bad 3' });
  });

  it('sees an entry that was left out, and one that is of another', async () => {
    const without = aRecord().filter(
      line => line.kind !== 'entry' || line.seq !== 1,
    );
    expect(await outcomes(without)).toMatchObject({
      entries: 'bad 3',
      shown: 'bad 1',
    });
    expect(
      await outcomes(aRecord().filter(({ kind }) => kind !== 'entry')),
    ).toMatchObject({ entries: 'bad 0' });
  });

  it('sees a page that says something else', async () => {
    for (const over of [
      { type: 'vote_approve' },
      { actor: 'user:default/jonas' },
      { at: new Date(AT).toISOString() },
      { seq: 4 },
    ]) {
      const page = shown(over);
      expect(await outcomes(aRecord(), { page })).toEqual({
        ...FITS,
        shown: `bad ${page[1].seq}`,
      });
    }
  });

  it('takes no other key, no broken note, and no note at all', async () => {
    const other = verifierKey(ORIGIN, new Uint8Array(32).fill(7));
    const elsewhere = verifierKey('other.example/cab', raw);
    for (const keys of [[], [other], [elsewhere], ['nonsense']]) {
      expect(await outcomes(aRecord(), { keys })).toMatchObject({
        signature: 'bad',
      });
    }
    const broken = (note: string) =>
      aRecord().map(line =>
        line.kind === 'checkpoint' ? { ...line, note } : line,
      );
    for (const note of ['', 'x', `${ORIGIN}\n0\nAAAA\n\n— x y\n`]) {
      expect(await outcomes(broken(note))).toMatchObject({
        signature: 'bad',
        proofs: 'bad 1',
      });
    }
    const larger = aRecord().map(line =>
      line.kind === 'checkpoint'
        ? { ...line, note: line.note.replace('\n5\n', '\n6\n') }
        : line,
    );
    expect(await outcomes(larger)).toMatchObject({
      signature: 'bad',
      proofs: 'bad 1',
    });
    expect(
      await outcomes(aRecord().filter(({ kind }) => kind !== 'checkpoint')),
    ).toMatchObject({ signature: 'bad', proofs: 'bad 1' });
  });

  it('says that it cannot check signatures, and checks the rest', async () => {
    expect(
      await outcomes(aRecord(), { isSigned: async () => undefined }),
    ).toEqual({ ...FITS, signature: 'unknown' });
  });
});
