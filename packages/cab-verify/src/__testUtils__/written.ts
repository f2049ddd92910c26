import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type {
  ExportLine,
  RecordBody,
} from '@fawkes/backstage-plugin-cab-common';
import {
  canonicalBytes,
  chainHashOf,
  checkpointText,
  consistencyProof,
  FIRST_PREV,
  inclusionProof,
  leafHashOf,
  rangesOf,
  rootOf,
  signedNote,
  toBase64,
  verifierKey,
} from '@fawkes/backstage-plugin-cab-common/rules';

export const ORIGIN = 'portal.example/cab-1';
export type Entry = Extract<ExportLine, { kind: 'entry' }>;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** A key that signs notes. */
export class Signer {
  readonly #private: KeyObject;
  readonly #public: Buffer;

  constructor(readonly name = ORIGIN) {
    const pair = generateKeyPairSync('ed25519');
    this.#private = pair.privateKey;
    this.#public = pair.publicKey
      .export({ format: 'der', type: 'spki' })
      .subarray(-32);
  }

  get vkey(): string {
    return verifierKey(this.name, this.#public);
  }

  note(size: number, root: Uint8Array, origin = this.name): string {
    const text = checkpointText({ origin, size, root });
    return signedNote(
      text,
      this.name,
      this.#public,
      sign(null, Buffer.from(text), this.#private),
    );
  }
}

/** A record as the writer's pieces make it: three change requests, by turns. */
export function writtenBodies(count: number): RecordBody[] {
  const last = new Map<string, { seq: number; leaf: string }>();
  return Array.from({ length: count }, (_, index) => {
    const changeId = `change-${index % 3}`;
    const before = last.get(changeId);
    const body: RecordBody = {
      eventId: `event-${index}`,
      changeId,
      changeSeq: before ? before.seq + 1 : 0,
      changePrev: before ? before.leaf : null,
      type: 'comment',
      at: 1_700_000_000_000 + index,
      actor: 'user:default/mira',
      correlationId: 'c',
      data: { text: 'a'.repeat(64) },
    };
    last.set(changeId, {
      seq: body.changeSeq,
      leaf: hex(leafHashOf(canonicalBytes(body))),
    });
    return body;
  });
}

/** Entries over bodies, chained as whoever owns the table could chain them too. */
export function chained(bodies: readonly unknown[]): Entry[] {
  let prev = FIRST_PREV;
  return bodies.map((body, seq) => {
    const bytes = canonicalBytes(body);
    const leaf = leafHashOf(bytes);
    const chain = chainHashOf(prev, seq, leaf);
    const entry: Entry = {
      kind: 'entry',
      seq,
      eventId: (body as RecordBody).eventId,
      body: toBase64(bytes),
      leafHash: hex(leaf),
      prevHash: hex(prev),
      chainHash: hex(chain),
    };
    prev = chain;
    return entry;
  });
}

export const rangesOver = (entries: readonly Entry[]) =>
  rangesOf(entries.map(({ leafHash }) => Buffer.from(leafHash, 'hex')));

export const header = (changeId: string | null = null): ExportLine => ({
  kind: 'header',
  format: 'cab-export/1',
  origin: ORIGIN,
  changeId,
});

/** The whole record with checkpoints of some sizes, and what joins them. */
export function wholeExport(
  entries: readonly Entry[],
  signer: Signer,
  sizes: readonly number[],
): ExportLine[] {
  const hash = rangesOver(entries);
  return [
    header(),
    ...entries,
    ...sizes.map(size => ({
      kind: 'checkpoint' as const,
      note: signer.note(size, rootOf(hash, size)),
    })),
    ...sizes.slice(1).map((to, index) => ({
      kind: 'consistency' as const,
      from: sizes[index],
      to,
      proof: consistencyProof(hash, sizes[index], to).map(toBase64),
    })),
  ];
}

/** The entries of one change request, each with a proof. */
export function changeExport(
  entries: readonly Entry[],
  signer: Signer,
  changeId: string,
  size = entries.length,
): ExportLine[] {
  const hash = rangesOver(entries);
  const own = entries.filter(
    ({ body }) =>
      JSON.parse(Buffer.from(body, 'base64').toString()).changeId === changeId,
  );
  return [
    header(changeId),
    ...own.map(entry => ({
      ...entry,
      proof: {
        size,
        path: inclusionProof(hash, entry.seq, size).map(toBase64),
      },
    })),
    { kind: 'checkpoint', note: signer.note(size, rootOf(hash, size)) },
  ];
}
