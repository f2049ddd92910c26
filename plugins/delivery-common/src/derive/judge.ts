import { say, type FailureCause } from '../contract';
import {
  compareDeployments,
  reachedProduction,
  type ChainDeployment,
} from './model';

/** An incident as the rules see it. Times in ms. @public */
export interface JudgedIncident {
  /** Fact key of the incident. */
  key: string;
  /** The source that told it. */
  source: string;
  /** The sender's id. */
  id: string;
  /** What people call it; null when the sender gave no title. */
  title: string | null;
  /** When service was lost or degraded, ms. */
  openedAt: number;
  /** When service was back, ms; null while it is open. */
  resolvedAt: number | null;
}

/** A verdict given by hand; it beats every rule. @public */
export interface JudgedMark {
  /** What was decided. */
  verdict: 'failed' | 'not_failed';
  /** Entity ref of the person who decided. */
  by: string;
}

/** What the rules say about one deployment. @public */
export interface Judgement {
  /** Key of the (fact, service) pair. */
  key: string;
  /** A mark says so or, without a mark, any cause was found. */
  failed: boolean;
  /** Every reason found for a failure, also when a mark overrules them. */
  causes: FailureCause[];
  /** It was made to mend something, not to deliver. */
  rework: boolean;
  /** The first rule that made it rework; null when none did. */
  reworkReason: ReworkReason | null;
  /** Earliest detection by an incident. */
  detectedAt: number | null;
  /** How it was mended; null when it did not fail or is not mended yet. */
  recovery: Recovery | null;
  /** Seconds since the previous success of the chain. */
  gapSeconds: number | null;
}

/** The rule by which a deployment is rework. @public */
export type ReworkReason =
  | 'unplanned'
  | 'hotfix'
  | 'rollback'
  | 'fixes-incident';

/** How a failed deployment was mended. @public */
export interface Recovery {
  /** When it was mended, ms. */
  at: number;
  /** What mended it. */
  by:
    | 'incident-resolved'
    | 'rollback'
    | 'hotfix'
    | 'rolled-back'
    | 'next-success';
  /** Key of the incident or deployment. */
  key: string | null;
}

/**
 * Judges the production deployments of one service: which failed and why, when
 * they were mended and by what, which were rework.
 *
 * @param deployments - all production deployments of the service, any order
 * @param incidentsOf - incidents linked to a deployment, by its key
 * @param markOf - the mark given by hand, by key
 * @public
 */
export function judgeService(
  deployments: readonly ChainDeployment[],
  incidentsOf: (key: string) => readonly JudgedIncident[],
  markOf: (key: string) => JudgedMark | undefined,
): Judgement[] {
  const chains = new Map<string, ChainDeployment[]>();
  for (const deployment of deployments) {
    if (!reachedProduction(deployment)) continue;
    const chain = chains.get(deployment.environment) ?? [];
    chain.push(deployment);
    chains.set(deployment.environment, chain);
  }
  return [...chains.values()].flatMap(chain =>
    judgeChain(chain.sort(compareDeployments), incidentsOf, markOf),
  );
}

function judgeChain(
  chain: readonly ChainDeployment[],
  incidentsOf: (key: string) => readonly JudgedIncident[],
  markOf: (key: string) => JudgedMark | undefined,
): Judgement[] {
  const mends = nextSuccesses(chain);
  let previousSuccess: number | undefined;
  return chain.map((deployment, index) => {
    const incidents = incidentsOf(deployment.key);
    const mark = markOf(deployment.key);
    const causes = causesOf(deployment, chain[index + 1], incidents, mark);
    const failed = mark ? mark.verdict === 'failed' : causes.length > 0;
    const reworkReason = reworkOf(deployment);
    const success = deployment.status === 'success';
    const gapSeconds =
      success && previousSuccess !== undefined
        ? (deployment.finishedAt - previousSuccess) / 1000
        : null;
    if (success) previousSuccess = deployment.finishedAt;
    return {
      key: deployment.key,
      failed,
      causes,
      rework: reworkReason !== null,
      reworkReason,
      detectedAt: incidents.length
        ? Math.min(...incidents.map(incident => incident.openedAt))
        : null,
      recovery: failed ? recoveryOf(deployment, incidents, mends[index]) : null,
      gapSeconds,
    };
  });
}

interface Mends {
  success: ChainDeployment | undefined;
  mending: ChainDeployment | undefined;
}

/** For each deployment, the next success and the next one made to mend. */
function nextSuccesses(chain: readonly ChainDeployment[]): Mends[] {
  const mends: Mends[] = new Array(chain.length);
  let next: Mends = { success: undefined, mending: undefined };
  for (let index = chain.length - 1; index >= 0; index--) {
    mends[index] = next;
    const deployment = chain[index];
    if (deployment.status === 'success') {
      next = {
        success: deployment,
        mending: isMending(deployment) ? deployment : next.mending,
      };
    }
  }
  return mends;
}

function isMending(deployment: ChainDeployment): boolean {
  return deployment.kind === 'rollback' || deployment.kind === 'hotfix';
}

function causesOf(
  deployment: ChainDeployment,
  next: ChainDeployment | undefined,
  incidents: readonly JudgedIncident[],
  mark: JudgedMark | undefined,
): FailureCause[] {
  const causes: FailureCause[] = incidents.map(incident => ({
    cause: 'incident',
    fact: { key: incident.key, source: incident.source, id: incident.id },
    ...say('cause.incident', { incident: incident.title ?? incident.id }),
  }));
  if (deployment.status === 'rolled_back') {
    causes.push({ cause: 'rolled-back', ...say('cause.rolled_back') });
  }
  if (deployment.failedLater) {
    causes.push({ cause: 'failed-later', ...say('cause.failed_later') });
  }
  if (next && isMending(next)) {
    const isRollback = next.kind === 'rollback';
    causes.push({
      cause: isRollback ? 'rollback-followed' : 'hotfix-followed',
      fact: { key: next.key, source: next.source, id: next.id },
      ...say(isRollback ? 'cause.rollback_followed' : 'cause.hotfix_followed'),
    });
  }
  if (mark?.verdict === 'failed') {
    causes.push({ cause: 'mark', ...say('cause.mark', { by: mark.by }) });
  }
  return causes;
}

/** Rework: `unplanned`, when sent, decides; else what it was made for. */
function reworkOf(
  deployment: Pick<ChainDeployment, 'unplanned' | 'kind' | 'fixesIncident'>,
): ReworkReason | null {
  if (deployment.unplanned !== null) {
    return deployment.unplanned ? 'unplanned' : null;
  }
  if (deployment.kind === 'hotfix' || deployment.kind === 'rollback') {
    return deployment.kind;
  }
  return deployment.fixesIncident ? 'fixes-incident' : null;
}

function recoveryOf(
  deployment: ChainDeployment,
  incidents: readonly JudgedIncident[],
  mends: Mends,
): Recovery | null {
  const candidates: Recovery[] = [];
  if (incidents.length > 0) {
    const last = incidents.reduce((a, b) =>
      (b.resolvedAt ?? Infinity) > (a.resolvedAt ?? Infinity) ? b : a,
    );
    if (incidents.every(incident => incident.resolvedAt !== null)) {
      candidates.push({
        at: last.resolvedAt!,
        by: 'incident-resolved',
        key: last.key,
      });
    }
  } else if (mends.success) {
    candidates.push({
      at: mends.success.finishedAt,
      by: 'next-success',
      key: mends.success.key,
    });
  }
  if (mends.mending) {
    candidates.push({
      at: mends.mending.finishedAt,
      by: mends.mending.kind === 'rollback' ? 'rollback' : 'hotfix',
      key: mends.mending.key,
    });
  }
  if (deployment.failedLater && incidents.length > 0 && mends.success) {
    candidates.push({
      at: mends.success.finishedAt,
      by: 'next-success',
      key: mends.success.key,
    });
  }
  if (deployment.status === 'rolled_back') {
    candidates.push({
      at: deployment.occurredAt,
      by: 'rolled-back',
      key: null,
    });
  }
  if (candidates.length === 0) return null;
  // The telling name wins a tie: "rollback" says more than "next success".
  const earliest = candidates.reduce((a, b) =>
    b.at < a.at || (b.at === a.at && a.by === 'next-success') ? b : a,
  );
  return { ...earliest, at: Math.max(earliest.at, deployment.finishedAt) };
}
