import type {
  EnvironmentClassName,
  Plan,
  RiskInputs,
  RiskResult,
} from '@fawkes/backstage-plugin-cab-common';
import {
  CURRENT_MODEL,
  digestOf,
  replay,
  type Involved,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { ReadFacts } from '../facts/readFacts';
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
  /** The group that reviews. */
  ownerGroup: string | null;
  requirement: Requirement;
}

/**
 * Identity of an evidence pack: what is asked for, and the items in their order.
 * There are no items yet.
 */
export function packDigestOf(
  row: Pick<
    ChangeRow,
    'entity_ref' | 'environment' | 'head_sha' | 'artifact_digest'
  >,
  plan: Plan,
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
    items: [],
  });
}

/** Kinds of evidence without which a class is not submitted to. */
const REQUIRED: Readonly<Record<EnvironmentClassName, readonly string[]>> = {
  dev: [],
  test: [],
  staging: ['tests', 'scan'],
  production: [
    'tests',
    'scan',
    'SBOM',
    'provenance',
    'rollback plan',
    'rollout plan',
  ],
};

/** What is missing of a pack; a class nobody knows counts as production. */
export function missingEvidence(
  environmentClass: EnvironmentClassName | null,
): readonly string[] {
  return REQUIRED[environmentClass ?? 'production'];
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
