import type {
  Plan,
  RiskInputs,
  RiskResult,
} from '@fawkes/backstage-plugin-cab-common';
import {
  CURRENT_MODEL,
  digestOf,
  missingEvidence,
  packOrder,
  replay,
  type Involved,
  type NotAutomatic,
  type PackItem,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { ReadFacts } from '../facts/readFacts';
import type { PieceState } from '../evidence/pack';
import type { ChangeRow } from '../store/tables';

/** How a revision was scored; kept as JSON beside it. */
export interface ScoredRevision {
  modelVersion: string;
  asOf: string;
  inputs: RiskInputs;
  result: RiskResult;
  /** The author side, the submitter first. */
  involved: Involved[];
  /** Whether a Git provider said who wrote it. */
  authorsKnown: boolean;
  /**
   * Whose review of the code lets the policy approve it by itself, or why it does
   * not; left out in what was scored before there was such a thing.
   */
  automatic?: { reviewers: string[] } | { not: NotAutomatic };
  /** The group that reviews. */
  ownerGroup: string | null;
  requirement: Requirement;
}

/** Ids of the exceptions a revision was scored with. */
export function exceptionsOf({
  inputs,
}: Pick<ScoredRevision, 'inputs'>): string[] {
  const { value, reference } = inputs.exceptionsUsed ?? {};
  return value && Array.isArray(reference) ? reference : [];
}

/**
 * Identity of an evidence pack: what is asked for, and the items in their order.
 */
export function packDigestOf(
  row: Pick<
    ChangeRow,
    'entity_ref' | 'environment' | 'head_sha' | 'artifact_digest'
  >,
  plan: Plan,
  items: readonly PackItem[] = [],
): string {
  return digestOf({
    entityRef: row.entity_ref,
    environment: row.environment,
    headSha: row.head_sha,
    artifactDigest: row.artifact_digest,
    plan: {
      title: plan.title,
      description: plan.description,
      window: plan.window,
    },
    items: packOrder(items),
  });
}

/** Whether a pack has everything the class of its environment asks for. */
export function isComplete(
  row: Pick<ChangeRow, 'environment_class'>,
  pack: readonly PieceState[],
): boolean {
  return missingEvidence(row.environment_class, pack).length === 0;
}

/** Scores facts at an instant. */
export function scoreFacts(
  { inputs }: Pick<ReadFacts, 'inputs'>,
  now: number,
): Pick<ScoredRevision, 'modelVersion' | 'asOf' | 'inputs' | 'result'> {
  const modelVersion = CURRENT_MODEL;
  const asOf = new Date(now).toISOString();
  const result = replay({ modelVersion, asOf, inputs });
  return { modelVersion, asOf, inputs, result };
}
