import type { Plan } from '@fawkes/backstage-plugin-cab-common';
import {
  blocksSubmit,
  escalate,
  modelOf,
  requirementOf,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { ReadFacts } from '../facts/readFacts';
import { revisions } from '../store/tables';
import type { CaseDeps } from './deps';
import type { Moving } from './moving';
import { automaticOf } from './automatic';
import { expiryOf } from './life';
import { submitters, tooFewFor, withIdentities } from './people';
import { scoreFacts, type ScoredRevision } from './scored';
import type { ChangeRow } from '../store/tables';

/**
 * Scores what was read, and finds out who has to be asked. The catalog is asked
 * who could vote, so this is done before the transaction.
 */
export async function prepare(
  deps: CaseDeps,
  row: Pick<ChangeRow, 'type' | 'submitter'>,
  facts: ReadFacts,
  others: readonly string[],
  now: number,
): Promise<ScoredRevision> {
  const scored = scoreFacts(facts, now);
  const owner = facts.catalog?.ownerGroup;
  const involved = await withIdentities(deps, [
    ...submitters([row.submitter, ...others]),
    ...facts.involved,
  ]);
  const { groups } = deps.config;
  const usual = requirementOf(
    { route: scored.result.route, type: row.type, owner },
    groups,
  );
  return {
    ...scored,
    involved,
    // Whoever attached evidence is on the author side too, and no author.
    authorsKnown: facts.involved.some(({ duty }) => duty === 'author'),
    automatic: await automaticOf(deps, row, facts, involved, scored.result),
    ownerGroup: owner ?? null,
    requirement: await enoughOrOthers(deps, usual, involved, owner),
  };
}

/** Asks others where those who are asked are too few; at most twice. */
async function enoughOrOthers(
  deps: CaseDeps,
  usual: Requirement,
  involved: ScoredRevision['involved'],
  owner: string | undefined,
): Promise<Requirement> {
  let requirement = usual;
  for (let step = 0; step < 2; step++) {
    let tooFew: boolean;
    try {
      tooFew = await tooFewFor(deps, requirement, involved, owner, new Set());
    } catch (error) {
      // Nobody is asked in vain for long: stepping back and the next revision look again.
      deps.logger.warn('Who could vote is not known at the moment', {
        error: String(error),
      });
      return requirement;
    }
    if (!tooFew) return requirement;
    requirement = escalate(requirement, deps.config.groups);
  }
  return requirement;
}

/**
 * Takes a change request from submitted, or from what was taken back, to those who
 * are asked: scored and routed in one transaction.
 */
export async function ask(
  moving: Moving,
  scored: ScoredRevision,
  config: CaseDeps['config'],
): Promise<void> {
  const { row, tx } = moving;
  const { result, requirement, modelVersion } = scored;
  row.round += 1;
  row.risk_result_hash = result.riskResultHash;
  row.score = result.score;
  row.route = result.route;
  row.requirement = JSON.stringify(requirement);
  row.expires_at = null;
  moving.raise({
    event: 'scored',
    by: 'engine',
    holds: { isSetComplete: true },
    data: {
      packDigest: row.pack_digest,
      riskResultHash: result.riskResultHash,
      inputsHash: result.inputsHash,
      modelHash: result.modelHash,
      modelVersion,
      score: result.score,
      route: result.route,
      authorsKnown: scored.authorsKnown,
      policyHash: config.policyHash,
    },
  });
  const { automatic } = scored;
  if (automatic && 'reviewers' in automatic) {
    approveByPolicy(moving, scored, automatic, config);
  } else {
    askPeople(moving, requirement);
  }
  await tx(revisions.name)
    .where({ change_id: row.id, revision: row.revision })
    .update({ scored: JSON.stringify(scored) });
}

/** Approves it at once: what the record says of it is all there was to decide. */
function approveByPolicy(
  moving: Moving,
  scored: ScoredRevision,
  { reviewers }: { reviewers: string[] },
  { policyHash }: CaseDeps['config'],
): void {
  const { row, now } = moving;
  const { result } = scored;
  const why = {
    approvedBy: 'policy',
    score: result.score,
    missing: [...result.missing],
    reviewers,
    policyHash,
  };
  moving.raise({
    event: 'routed_automatic',
    by: 'engine',
    holds: { isRoutedHere: true },
    data: { round: row.round, ...why },
  });
  row.expires_at = expiryOf(row, scored, now);
  moving.raise({
    event: 'quorum_met',
    by: 'engine',
    holds: { isQuorumMet: true },
    data: {
      voters: [],
      expiresAt: row.expires_at,
      riskResultHash: row.risk_result_hash,
      packDigest: row.pack_digest,
      ...why,
    },
  });
}

function askPeople(moving: Moving, requirement: Requirement): void {
  moving.raise({
    event:
      requirement.review === 'peer_review' ? 'routed_peer' : 'routed_board',
    by: 'engine',
    holds: { isRoutedHere: true },
    data: {
      round: moving.row.round,
      pool: [...requirement.pool],
      min: requirement.min,
      escalated: requirement.escalated,
    },
  });
}

/** Whether an actual finding stands in the way. */
export function isBlocked({ result, modelVersion }: ScoredRevision): boolean {
  return blocksSubmit(modelOf(modelVersion).model, result);
}

/** The window of a plan in ms. */
export function windowOf({ window }: Pick<Plan, 'window'>) {
  return window && { from: Date.parse(window.from), to: Date.parse(window.to) };
}
