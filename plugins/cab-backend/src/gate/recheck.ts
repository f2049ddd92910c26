import {
  ROUTES,
  type RiskInputs,
  type RiskResult,
} from '@fawkes/backstage-plugin-cab-common';
import { insertRows } from '@fawkes/kit-backend/sql';
import { prepare } from '../cases/ask';
import { questionOf } from '../cases/asking';
import type { CaseDeps } from '../cases/deps';
import { packOf, withEvidence } from '../evidence/pack';
import { scoreFacts, type ScoredRevision } from '../cases/scored';
import { facts, type ChangeRow } from '../store/tables';

/** How long the gate waits for facts, ms. */
const PATIENCE_MS = 2_000;

/** What looking again at the facts of an approved change request found. */
export type Recheck =
  | { kind: 'same' }
  | { kind: 'unreadable' }
  | { kind: 'worse'; scored: ScoredRevision };

/**
 * Looks again at the facts of what is approved. What cannot be read is no change
 * for the worse; what is the same is good for five minutes.
 */
export async function recheckFacts(
  deps: CaseDeps,
  row: ChangeRow,
  scored: ScoredRevision,
  now: number,
): Promise<Recheck> {
  const { db } = deps;
  let found;
  try {
    found = await within(PATIENCE_MS, deps.facts(questionOf(row), now));
  } catch (error) {
    deps.logger.warn(
      'The facts of an approved change request could not be read',
      {
        changeId: row.id,
        error: String(error),
      },
    );
    return { kind: 'unreadable' };
  }
  if (found.unreadable.length > 0) return { kind: 'unreadable' };
  found = withEvidence(found, await packOf(db, row), now);
  const inputs = withAges(found.inputs, scored.inputs);
  const { result } = scoreFacts({ inputs }, now);
  if (isWorse(scored.result, result)) {
    const others = scored.involved.flatMap(({ duty, userRef }) =>
      duty === 'submitter' && userRef && userRef !== row.submitter
        ? [userRef]
        : [],
    );
    return {
      kind: 'worse',
      scored: await prepare(deps, row, { ...found, inputs }, others, now),
    };
  }
  await insertRows(
    db,
    facts,
    [{ change_id: row.id, inputs: JSON.stringify(inputs), read_at: now }],
    { update: ['inputs', 'read_at'] },
  );
  return { kind: 'same' };
}

/** Worse is another band, or a floor that did not hold before. */
export function isWorse(before: RiskResult, now: RiskResult): boolean {
  const held = new Set(before.floors.map(({ id }) => id));
  return (
    ROUTES.indexOf(now.route) > ROUTES.indexOf(before.route) ||
    now.floors.some(({ id }) => !held.has(id))
  );
}

/** Ages and the window stay as they were approved; they have checks of their own. */
function withAges(now: RiskInputs, before: RiskInputs): RiskInputs {
  const { window, scanAgeHours } = before;
  return {
    ...now,
    ...(window && { window }),
    ...(scanAgeHours && { scanAgeHours }),
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No answer within ${ms} ms`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
