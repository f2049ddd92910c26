import type {
  EvidenceItem,
  EvidenceSays,
  FactName,
} from '@fawkes/backstage-plugin-cab-common';
import type { Said } from '@fawkes/kit-contract';
import {
  evidenceFacts,
  exceptionsUsed,
  failedEvidence,
  type CountedEvidence,
  type Involved,
  type PackItem,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { ReadFacts } from '../facts/readFacts';
import { evidence, type ChangeRow, type EvidenceRow } from '../store/tables';

/** Most pieces one change request holds; more are refused. */
export const MOST_PIECES = 200;

/** Everything that was attached to a change request, the newest last. */
export async function piecesOf(
  db: Knex,
  changeId: string,
): Promise<EvidenceRow[]> {
  return select(
    db(evidence.name)
      .where('change_id', changeId)
      .orderBy('received_at')
      .orderBy('id'),
    evidence,
  );
}

/** One of them; undefined for none of this change request. */
export async function pieceOf(
  db: Knex,
  changeId: string,
  id: string,
): Promise<EvidenceRow | undefined> {
  const [row] = await select(
    db(evidence.name).where({ change_id: changeId, id }),
    evidence,
  );
  return row;
}

/** What decides whether a pack is complete. */
export type PieceState = Pick<EvidenceRow, 'kind' | 'state'>;

/** Whether a piece is in the pack of a revision. */
export function isIn(
  {
    from_revision: from,
    to_revision: to,
  }: Pick<EvidenceRow, 'from_revision' | 'to_revision'>,
  revision: number,
): boolean {
  return from !== null && from <= revision && (to === null || revision < to);
}

/** The pack of a revision. */
export async function packOf(
  db: Knex,
  { id, revision }: Pick<ChangeRow, 'id' | 'revision'>,
): Promise<EvidenceRow[]> {
  return (await piecesOf(db, id)).filter(piece => isIn(piece, revision));
}

/** The same without what the pieces say, which can be long. */
export async function packStatesOf(
  db: Knex,
  { id, revision }: Pick<ChangeRow, 'id' | 'revision'>,
): Promise<PieceState[]> {
  const rows = await select(
    db(evidence.name).where('change_id', id),
    evidence,
    'kind',
    'state',
    'from_revision',
    'to_revision',
  );
  return rows.filter(piece => isIn(piece, revision));
}

/** The pack the next revision has: what waited for it joins. */
export async function nextPackOf(
  db: Knex,
  { id, revision }: Pick<ChangeRow, 'id' | 'revision'>,
): Promise<EvidenceRow[]> {
  return (await piecesOf(db, id)).filter(
    piece => isIn(piece, revision) || piece.waiting === 1,
  );
}

/**
 * Lets what waited for it into a new revision: what is of its pack and nothing else.
 * What came while the pack was hashed and scored waits for the next.
 */
export async function joinRevision(
  tx: Knex,
  { revision }: Pick<ChangeRow, 'revision'>,
  pack: readonly EvidenceRow[],
): Promise<void> {
  await tx(evidence.name)
    .whereIn(
      'id',
      pack.filter(({ waiting }) => waiting === 1).map(({ id }) => id),
    )
    .update({ waiting: 0, from_revision: revision });
}

/** Pieces as the identity of a pack names them. */
export function packItemsOf(pack: readonly EvidenceRow[]): PackItem[] {
  return pack.map(piece => ({
    kind: piece.kind,
    mediaType: piece.media_type,
    sha256: piece.sha256,
    size: piece.size,
    subjectDigests: subjectsOf(piece),
    producedAt: new Date(piece.produced_at).toISOString(),
    producer: piece.producer,
  }));
}

/** What a piece says; null when it could not be read. */
export function saysOf({
  says,
}: Pick<EvidenceRow, 'says'>): EvidenceSays | null {
  return says === null ? null : JSON.parse(says);
}

/** Pieces as facts count them. */
export function countedOf(pack: readonly EvidenceRow[]): CountedEvidence[] {
  return pack.map(piece => ({
    kind: piece.kind,
    state: piece.state,
    says: saysOf(piece),
    producedAt: piece.produced_at,
    sha256: piece.sha256,
  }));
}

function subjectsOf(piece: EvidenceRow): string[] {
  const says = saysOf(piece);
  const own = piece.subject === null ? [] : [piece.subject];
  if (says?.kind === 'provenance') return [...own, ...says.subjects];
  if (says?.kind === 'sbom' || says?.kind === 'vex') {
    return [...own, ...(says.root?.digests ?? [])];
  }
  return own;
}

/**
 * Facts with what a pack tells beside them, and whoever made it on the author side.
 * What was refused is named with what did not answer: nothing is approved by itself
 * beside it, also where no fact hangs on its kind.
 */
export function withEvidence<
  F extends Pick<ReadFacts, 'inputs' | 'involved' | 'unreadable'>,
>(facts: F, pack: readonly EvidenceRow[], now: number): F {
  const observedAt = new Date(now).toISOString();
  const counted = countedOf(pack);
  const inputs = { ...facts.inputs };
  const used = exceptionsUsed(counted);
  if (used.length > 0) {
    inputs.exceptionsUsed = {
      value: used.length,
      source: 'cab',
      reference: used,
      observedAt,
    };
  }
  for (const [name, { value, reference }] of Object.entries(
    evidenceFacts(counted, now),
  )) {
    inputs[name as FactName] = {
      value,
      source: 'evidence',
      reference,
      observedAt,
    };
  }
  return {
    ...facts,
    inputs,
    involved: [...facts.involved, ...producersOf(pack)],
    unreadable: [...facts.unreadable, ...failedEvidence(pack)],
  };
}

/** Whoever attached a piece, answers for a plan, or asked to do without one. */
function producersOf(pack: readonly EvidenceRow[]): Involved[] {
  return pack.flatMap<Involved>(piece => {
    const says = saysOf(piece);
    if (says?.kind === 'waiver') {
      return [
        { duty: 'exception_requester' as const, userRef: says.requester },
        { duty: 'producer' as const, userRef: says.usedBy },
      ];
    }
    const owner =
      says?.kind === 'rollback_plan' || says?.kind === 'rollout_plan'
        ? [{ duty: 'plan_owner' as const, userRef: says.plan.owner }]
        : [];
    return piece.producer.startsWith('user:')
      ? [...owner, { duty: 'producer' as const, userRef: piece.producer }]
      : owner;
  });
}

/** A piece as people see it. */
export function itemOf(piece: EvidenceRow, revision: number): EvidenceItem {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    id: piece.id,
    kind: piece.kind,
    state: piece.state,
    why: piece.why === null ? null : (JSON.parse(piece.why) as Said),
    mediaType: piece.media_type,
    sha256: piece.sha256,
    size: piece.size,
    producer: piece.producer,
    producedAt: iso(piece.produced_at),
    receivedAt: iso(piece.received_at),
    inPack: isIn(piece, revision),
    superseded: piece.to_revision !== null && piece.to_revision <= revision,
    says: saysOf(piece),
  };
}
