import {
  isPlanKind,
  STATE_SETS,
  say,
  type ChangeState,
  type EvidenceKind,
  type EvidenceSays,
} from '@fawkes/backstage-plugin-cab-common';
import {
  bindEvidence,
  isWorseBy,
  type BindingQuestion,
  type Bound,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { prepare } from '../cases/ask';
import { editorsOf, questionOf } from '../cases/asking';
import type { CaseDeps, Doer } from '../cases/deps';
import {
  inChange,
  Moved,
  readChange,
  untilStill,
  type Moving,
} from '../cases/moving';
import { submitters } from '../cases/people';
import { conflict, missing } from '../cases/refusals';
import { scoreFacts } from '../cases/scored';
import { holdingPack } from '../exceptions/holding';
import { databaseNow } from '../store/database';
import { evidence, type ChangeRow, type EvidenceRow } from '../store/tables';
import { bytesOf, type Received } from './bytes';
import { isIn, MOST_PIECES, piecesOf, saysOf, withEvidence } from './pack';
import type { EvidenceReader } from './reader';
import { revise } from './revise';

/** What attaching is put together from. */
export interface AttachDeps extends CaseDeps {
  reader: Pick<EvidenceReader, 'read'>;
}

/** A piece that was received, with who sent it. */
export interface Piece extends Received {
  kind: EvidenceKind;
  mediaType: string;
  /** It takes the place of what the same producer sent before. */
  supersede: boolean;
  /** When it was made, where it does not say so itself, ms. */
  producedAt: number | undefined;
  /** An entity ref, or `ci:<issuer>#<subject>`. */
  producer: string;
  /** The artifact a pipeline says it is about. */
  subject: string | null;
  /** What it is held against. */
  binding: Pick<
    BindingQuestion,
    'fromPipeline' | 'fromSecurity' | 'repository'
  >;
}

/** What became of a piece. */
export interface Attached {
  piece: EvidenceRow;
  /** It was there already, and nothing happened. */
  known: boolean;
}

/** How far ahead the clock of a producer may be, ms. */
const AHEAD_MS = 5 * 60_000;

/**
 * Reads a piece and attaches it. While it is decided or approved it takes the
 * request back, and votes no longer count: they were about less. What a pipeline
 * sends then without superseding, and what makes nothing worse, waits for the next
 * revision.
 */
export async function attachEvidence(
  deps: AttachDeps,
  changeId: string,
  piece: Piece,
  doer: Doer,
): Promise<Attached> {
  const known = await knownPiece(deps.db, changeId, piece);
  if (known) return { piece: known, known: true };
  const row = await readChange(deps.db, changeId);
  const read = await readPiece(deps, row, piece);
  return untilStill(() => attachOnce(deps, changeId, read, doer));
}

type ReadPiece = Omit<
  EvidenceRow,
  'from_revision' | 'to_revision' | 'waiting' | 'exception_id'
> & {
  supersede: boolean;
  fromPipeline: boolean;
};

/** What a piece says, and how far it is trusted. */
async function readPiece(
  { db, reader, config }: AttachDeps,
  row: ChangeRow,
  piece: Piece,
): Promise<ReadPiece> {
  const bytes = await bytesOf(db, piece.sha256);
  if (!bytes) throw new Error(`The bytes of ${piece.sha256} are gone`);
  const outcome = await reader.read(piece.kind, bytes.size, bytes.pieces);
  // Somebody wrote it a moment ago, and can mend it at once.
  if ('fault' in outcome && isPlanKind(piece.kind)) {
    throw missing(outcome.fault.code, { reason: outcome.fault.reason });
  }
  const now = await databaseNow(db);
  const says = 'says' in outcome ? outcome.says : null;
  const producedAt = madeAt(says, piece, now);
  if (producedAt > now + AHEAD_MS) {
    throw missing('EVIDENCE_TIME', {
      reason: new Date(producedAt).toISOString(),
    });
  }
  const bound: Bound =
    'fault' in outcome
      ? {
          state: 'failed',
          why: say(outcome.fault.code, { reason: outcome.fault.reason }),
        }
      : bindEvidence(outcome.says, {
          ...piece.binding,
          headSha: row.head_sha,
          artifactDigest: row.artifact_digest,
          subject: piece.subject,
          builders: config.evidence.builders,
          scanners: config.evidence.scanners,
        });
  return {
    id: uuid(),
    change_id: row.id,
    kind: piece.kind,
    sha256: piece.sha256,
    size: piece.size,
    media_type: piece.mediaType,
    state: bound.state,
    why: bound.why && JSON.stringify(bound.why),
    says: says && JSON.stringify(says),
    producer: piece.producer,
    subject: piece.subject,
    produced_at: producedAt,
    received_at: now,
    supersede: piece.supersede,
    fromPipeline: piece.binding.fromPipeline,
  };
}

/** What says itself when it was made is believed; else who sent it, else now. */
function madeAt(
  says: EvidenceSays | null,
  { producedAt }: Piece,
  now: number,
): number {
  if (says?.kind === 'scan' && says.endedAt !== null) {
    return Date.parse(says.endedAt);
  }
  return producedAt ?? now;
}

const isOneOf = (set: readonly ChangeState[], { state }: ChangeRow) =>
  set.includes(state);
const DECIDING = [...STATE_SETS.review, ...STATE_SETS.open];
const RUNNING = [...STATE_SETS.run, ...STATE_SETS.after];

async function attachOnce(
  deps: AttachDeps,
  changeId: string,
  piece: ReadPiece,
  doer: Doer,
): Promise<Attached> {
  const { db } = deps;
  const row = await readChange(db, changeId);
  const all = await piecesOf(db, changeId);
  if (all.length >= MOST_PIECES)
    throw conflict('evidence.too_many', { most: MOST_PIECES });
  const own = {
    ...toRow(piece),
    from_revision: null,
    to_revision: null,
    waiting: 0,
    exception_id: null,
  };
  const before = all.filter(each => isIn(each, row.revision));
  const replaced = piece.supersede
    ? before.filter(each => isReplaced(each, own))
    : [];
  const waits = all.filter(each => each.waiting === 1);
  const pack = [
    ...before.filter(each => !replaced.includes(each)),
    ...waits,
    own,
  ];
  const decided = isOneOf(DECIDING, row)
    ? await decide(deps, row, { before, with: [...before, own], pack })
    : undefined;
  const isKept =
    decided !== undefined &&
    piece.fromPipeline &&
    !piece.supersede &&
    !isWorseBy(piece.kind, decided.before, decided.withIt);
  return inChange(deps, changeId, doer, async moving => {
    const again = await knownPiece(moving.tx, changeId, piece);
    if (again) return { piece: again, known: true };
    const { row: now } = moving;
    if (now.revision !== row.revision || now.state !== row.state) {
      throw new Moved();
    }
    const data = {
      evidence: {
        id: own.id,
        kind: own.kind,
        sha256: own.sha256,
        state: own.state,
        why: codeOf(own),
        producer: own.producer,
      },
    };
    if (isKept) {
      moving.note('evidence_kept', data);
      const kept = { ...own, waiting: 1 };
      await insertRows(moving.tx, evidence, [kept]);
      return { piece: kept, known: false };
    }
    if (isOneOf(RUNNING, now)) {
      raise(moving, data);
      await insertRows(moving.tx, evidence, [own]);
      return { piece: own, known: false };
    }
    const joined = { ...own, from_revision: now.revision + 1 };
    await revise(deps, moving, {
      joined,
      gone: replaced,
      pack: decided?.pack ?? pack,
      raise: packDigest => raise(moving, { ...data, packDigest }),
      scored: decided?.scored,
    });
    return { piece: joined, known: false };
  });
}

function raise(moving: Moving, data: object): void {
  moving.raise({
    event: 'attach_evidence',
    holds: { isAllowedProducer: true, isNewToPack: true },
    data: data as never,
  });
}

/** How it would be decided with a pack, and whether the piece makes it worse. */
async function decide(
  deps: AttachDeps,
  row: ChangeRow,
  packs: {
    before: readonly EvidenceRow[];
    with: readonly EvidenceRow[];
    pack: readonly EvidenceRow[];
  },
) {
  const now = await databaseNow(deps.db);
  const facts = await deps.facts(questionOf(row), now);
  const resultOf = (pack: readonly EvidenceRow[]) =>
    scoreFacts(withEvidence(facts, pack, now), now).result;
  const editors = await editorsOf(deps.db, row.id);
  const pack = await holdingPack(deps, row, packs.pack, [
    ...submitters(editors),
    ...facts.involved,
  ]);
  return {
    pack,
    before: resultOf(packs.before),
    withIt: resultOf(packs.with),
    scored: await prepare(
      deps,
      row,
      withEvidence(facts, pack, now),
      editors,
      now,
    ),
  };
}

/**
 * The same producer's of the same kind and tool, made earlier. Of what could not be
 * read nobody knows the tool or the time.
 */
function isReplaced(old: EvidenceRow, piece: EvidenceRow): boolean {
  const toolOf = (row: EvidenceRow) => {
    const says = saysOf(row);
    return says?.kind === 'scan' ? says.tools.join('\n') : '';
  };
  // A waiver is no earlier report: it goes when its exception ends.
  if (old.exception_id !== null) return false;
  if (old.kind !== piece.kind || old.producer !== piece.producer) return false;
  if (old.says === null) return true;
  return toolOf(old) === toolOf(piece) && old.produced_at <= piece.produced_at;
}

async function knownPiece(
  db: Knex,
  changeId: string,
  { kind, sha256 }: Pick<EvidenceRow, 'kind' | 'sha256'>,
): Promise<EvidenceRow | undefined> {
  const [row] = await select(
    db(evidence.name).where({ change_id: changeId, kind, sha256 }),
    evidence,
  );
  return row;
}

function toRow({ supersede: _s, fromPipeline: _p, ...row }: ReadPiece) {
  return row;
}

function codeOf({ why }: Pick<EvidenceRow, 'why'>): string | null {
  return why === null ? null : JSON.parse(why).code;
}
