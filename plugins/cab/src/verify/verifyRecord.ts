import type {
  ExportLine,
  TimelineEntry,
} from '@fawkes/backstage-plugin-cab-common';
import {
  isIncluded,
  keyIdOf,
  leafHashOf,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Whether a signature is one; undefined where that cannot be found out here. */
export type CheckSignature = (
  publicKey: Uint8Array,
  signature: Uint8Array,
  text: Uint8Array,
) => Promise<boolean | undefined>;

/** What is checked, in this order. */
export const CHECKS = ['signature', 'entries', 'proofs', 'shown'] as const;
/** One of {@link CHECKS}. */
export type CheckId = (typeof CHECKS)[number];

/** What became of a check. */
export interface Check {
  id: CheckId;
  outcome: 'ok' | 'bad' | 'unknown';
  /** The first entry that does not fit. */
  seq?: number;
}

/** What was found out. */
export interface Verified {
  /** How many entries were looked at. */
  entries: number;
  checks: Check[];
}

type Entry = Extract<ExportLine, { kind: 'entry' }>;

interface Note {
  text: string;
  size: number;
  root: Uint8Array;
  origin: string;
  signatures: Array<{ name: string; id: string; signature: Uint8Array }>;
}

/**
 * Checks the exported entries of one change request: signature, hashes, order,
 * proofs, and that what a page shows is what they say.
 *
 * @param keys - `name+id+base64`, as C2SP's signed notes have it
 * @param shown - the history as a page shows it; the newest entries of it
 */
export async function verifyRecord(
  lines: readonly ExportLine[],
  keys: readonly string[],
  changeId: string,
  shown: readonly TimelineEntry[],
  isSigned: CheckSignature,
): Promise<Verified> {
  const entries = lines.filter((line): line is Entry => line.kind === 'entry');
  const notes = lines.flatMap(line =>
    line.kind === 'checkpoint' ? [readNote(line.note)] : [],
  );
  const signed = await Promise.all(
    notes.map(note => note && signatureOf(note, keys, isSigned)),
  );
  const known = notes.flatMap((note, at) =>
    note && signed[at] !== false ? [note] : [],
  );
  const isBad = signed.length === 0 || signed.some(each => !each);
  const isUnknown = signed.some(each => each === 'unknown');
  const signature = isUnknown ? 'unknown' : 'ok';
  return {
    entries: entries.length,
    checks: [
      { id: 'signature', outcome: isBad ? 'bad' : signature },
      outcomeOf('entries', firstBadEntry(entries, changeId)),
      outcomeOf('proofs', firstUnproven(entries, known)),
      outcomeOf('shown', firstNotShown(entries, shown)),
    ],
  };
}

function outcomeOf(id: CheckId, bad: number | undefined): Check {
  return bad === undefined
    ? { id, outcome: 'ok' }
    : { id, outcome: 'bad', seq: bad };
}

/** The first entry whose bytes are not its hash, or that does not follow. */
function firstBadEntry(
  entries: readonly Entry[],
  changeId: string,
): number | undefined {
  if (entries.length === 0) return 0;
  let before: string | null = null;
  for (const [index, { seq, eventId, body, leafHash }] of entries.entries()) {
    const bytes = bytesOf(body);
    const leaf = bytes && bytesToHex(leafHashOf(bytes));
    const said = bytes && jsonOf(bytes);
    const fits =
      leaf === leafHash &&
      said?.eventId === eventId &&
      said.changeId === changeId &&
      said.changeSeq === index &&
      (said.changePrev ?? null) === before;
    if (!fits) return seq;
    before = leafHash;
  }
  return undefined;
}

/** The first entry that is in no checkpoint. */
function firstUnproven(
  entries: readonly Entry[],
  notes: readonly Note[],
): number | undefined {
  return entries.find(({ seq, body, proof }) => {
    const note = notes.find(({ size }) => size === proof?.size);
    const path = proof?.path.map(bytesOf) ?? [];
    const bytes = bytesOf(body);
    if (!note || !bytes || !path.every(node => node?.length === 32)) {
      return true;
    }
    return !isIncluded(
      leafHashOf(bytes),
      seq,
      note.size,
      path as Uint8Array[],
      note.root,
    );
  })?.seq;
}

/** The first entry of a page that the record does not have like that. */
function firstNotShown(
  entries: readonly Entry[],
  shown: readonly TimelineEntry[],
): number | undefined {
  const bySeq = new Map(entries.map(entry => [entry.seq, entry]));
  return shown.find(({ seq, type, actor, at }) => {
    const entry = bySeq.get(seq);
    const bytes = entry && bytesOf(entry.body);
    const said = bytes && jsonOf(bytes);
    return !(
      said?.type === type &&
      said.actor === actor &&
      said.at === Date.parse(at)
    );
  })?.seq;
}

async function signatureOf(
  { text, origin, signatures }: Note,
  keys: readonly string[],
  isSigned: CheckSignature,
): Promise<'ok' | 'unknown' | false> {
  for (const key of keys) {
    const [, name, id, encoded] =
      /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(key) ?? [];
    const bytes = encoded === undefined ? undefined : bytesOf(encoded);
    if (bytes?.length !== 33 || bytes[0] !== 1 || name !== origin) continue;
    const publicKey = bytes.slice(1);
    if (bytesToHex(keyIdOf(name, publicKey)) !== id) continue;
    const own = signatures.find(each => each.name === name && each.id === id);
    if (!own) continue;
    const told = await isSigned(
      publicKey,
      own.signature,
      new TextEncoder().encode(text),
    );
    if (told !== false) return told ? 'ok' : 'unknown';
  }
  return false;
}

/** A signed note taken apart; undefined for what is none. */
function readNote(note: string): Note | undefined {
  const at = note.indexOf('\n\n');
  if (at < 0) return undefined;
  const text = note.slice(0, at + 1);
  const [origin, size, root] = text.split('\n');
  const bytes = bytesOf(root ?? '');
  if (!/^[1-9]\d{0,15}$/.test(size ?? '') || bytes?.length !== 32) {
    return undefined;
  }
  const signatures = note
    .slice(at + 2)
    .split('\n')
    .flatMap(line => {
      const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const signed = encoded === undefined ? undefined : bytesOf(encoded);
      return signed?.length === 68
        ? [
            {
              name,
              id: bytesToHex(signed.slice(0, 4)),
              signature: signed.slice(4),
            },
          ]
        : [];
    });
  return { text, origin, size: Number(size), root: bytes, signatures };
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function jsonOf(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const said = JSON.parse(new TextDecoder().decode(bytes));
    return typeof said === 'object' && said !== null ? said : undefined;
  } catch {
    return undefined;
  }
}
