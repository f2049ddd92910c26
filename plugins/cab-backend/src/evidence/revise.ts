import { insertRows, select } from '@fawkes/kit-backend/sql';
import { ask } from '../cases/ask';
import type { CaseDeps } from '../cases/deps';
import type { Moving } from '../cases/moving';
import { isComplete, packDigestOf, type ScoredRevision } from '../cases/scored';
import { voidVotes } from '../cases/voiding';
import { evidence, revisions, type EvidenceRow } from '../store/tables';
import { joinRevision, packItemsOf } from './pack';

/** What becomes of a pack. */
export interface Revised {
  /** A piece that joins it; none where one goes. */
  joined?: EvidenceRow;
  /** Pieces that are no longer in it. */
  gone: readonly EvidenceRow[];
  /** What it is then. */
  pack: readonly EvidenceRow[];
  /** Lets it happen, once the identity of the new pack is known. */
  raise: (packDigest: string) => void;
  /** How it is scored with it; where people are asked or have approved. */
  scored: ScoredRevision | undefined;
  /** Why votes no longer count; because of the revision when left out. */
  voided?: 'void.exception';
}

/** A new revision with another pack; who has decided the one before is asked again. */
export async function revise(
  { config }: Pick<CaseDeps, 'config'>,
  moving: Moving,
  { joined, gone, pack, raise, scored, voided }: Revised,
): Promise<void> {
  const { tx, row } = moving;
  const [last] = await select(
    tx(revisions.name).where({ change_id: row.id, revision: row.revision }),
    revisions,
  );
  row.revision += 1;
  row.pack_digest = packDigestOf(
    row,
    {
      title: last.title,
      description: last.description,
      window: windowOfRow(last),
    },
    packItemsOf(pack),
  );
  raise(row.pack_digest);
  await insertRows(tx, revisions, [
    {
      ...last,
      revision: row.revision,
      pack_digest: row.pack_digest,
      at: moving.now,
      scored: null,
    },
  ]);
  await joinRevision(tx, row, pack);
  if (joined) await insertRows(tx, evidence, [joined]);
  await tx(evidence.name)
    .whereIn(
      'id',
      gone.map(({ id }) => id),
    )
    .update({ to_revision: row.revision });
  if (row.state !== 'invalidated') return;
  await voidVotes(
    moving,
    voided
      ? { code: voided }
      : { code: 'void.revision', revision: row.revision - 1 },
  );
  if (isComplete(row, pack)) {
    await ask(moving, scored!, config);
    return;
  }
  moving.raise({
    event: 'found_incomplete',
    by: 'engine',
    holds: { isSetIncomplete: true },
  });
}

function windowOfRow({
  window_from: from,
  window_to: to,
}: {
  window_from: number | null;
  window_to: number | null;
}) {
  return from === null || to === null
    ? null
    : { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
