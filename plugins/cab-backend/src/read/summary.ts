import {
  say,
  STATE_SETS,
  type ChangeSummary,
} from '@fawkes/backstage-plugin-cab-common';
import {
  shownScore,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { ChangeRow } from '../store/tables';

export const iso = (ms: number) => new Date(ms).toISOString();

/** A change request as lists show it. */
export function summaryOf(
  row: ChangeRow,
  missingVotes?: number,
): ChangeSummary {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    entity: { ref: row.entity_ref, title: row.entity_title },
    environment: row.environment,
    environmentClass: row.environment_class,
    headSha: row.head_sha,
    artifactDigest: row.artifact_digest,
    sample: row.sample === 1,
    title: row.title,
    submitter: row.submitter,
    owner: row.owner_ref,
    revision: row.revision,
    score: row.score === null ? null : shownScore(row.score),
    route: row.route,
    next: nextOf(row, missingVotes),
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    expiresAt: row.expires_at === null ? null : iso(row.expires_at),
  };
}

/** How many votes are missing at least, before anybody looks whose they are. */
export function missingAtLeast(
  { requirement }: Pick<ChangeRow, 'requirement'>,
  approvals: number = 0,
): number | undefined {
  if (requirement === null) return undefined;
  const { min }: Requirement = JSON.parse(requirement);
  return Math.max(1, min - approvals);
}

/** Who must do what. */
function nextOf(row: ChangeRow, missingVotes: number | undefined) {
  const { state, submitter } = row;
  const isIn = (set: readonly string[]) => set.includes(state);
  if (state === 'changes_requested') return say('next.changes', { submitter });
  if (isIn(STATE_SETS.before)) return say('next.submit', { submitter });
  if (isIn(STATE_SETS.review)) {
    const requirement: Requirement = JSON.parse(row.requirement!);
    return say('next.votes', {
      count: missingVotes ?? requirement.min,
      pool: requirement.pool.join(', '),
    });
  }
  if (isIn(STATE_SETS.open)) {
    return say('next.start', { until: iso(row.expires_at ?? row.updated_at) });
  }
  if (state === 'deferred') return say('next.resume');
  if (isIn(STATE_SETS.run)) return say('next.run');
  if (isIn(STATE_SETS.after)) return say('next.review');
  return say('next.nothing');
}
