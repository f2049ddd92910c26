import type { DeploymentSummary } from '@fawkes/backstage-plugin-delivery-common';
import { aDeployment, known } from './builders';

const DAY = 86_400_000;
const DAYS = 90;

/** Mulberry32: the same seed tells the same story each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Three months of deployments of one service, oldest first. */
export function aHistory(now: Date): DeploymentSummary[] {
  const next = random(42);
  const history: DeploymentSummary[] = [];
  let at = now.getTime() - DAYS * DAY;
  while (at < now.getTime() - DAY / 24) {
    const id = String(1000 + history.length);
    const roll = next();
    const failed = roll > 0.92;
    const status = roll < 0.05 ? 'failure' : 'success';
    history.push(
      aDeployment({
        id,
        version: `1.${history.length}.0`,
        startedAt: new Date(at - 300_000).toISOString(),
        finishedAt: new Date(at).toISOString(),
        status,
        failed,
        seed: history.length === 0,
        kind: history[history.length - 1]?.failed ? 'hotfix' : 'deploy',
        rework: Boolean(history[history.length - 1]?.failed),
        changes: status === 'success' ? Math.floor(1 + next() ** 2 * 30) : 0,
        leadTime: known(3600 * (4 + 60 * next() ** 2)),
        sample: true,
      }),
    );
    at += (0.2 + next() * 1.6) * DAY;
  }
  return history.map((each, index) => {
    const mender = history[index + 1]?.finishedAt;
    if (!each.failed || !mender) return each;
    return {
      ...each,
      recoveredAt: mender,
      recoverySeconds:
        (Date.parse(mender) - Date.parse(each.finishedAt ?? mender)) / 1000,
    };
  });
}

/** From when to when each failed deployment hurt. */
export function recoveries(history: readonly DeploymentSummary[]) {
  return history.flatMap(deployment =>
    deployment.failed && deployment.finishedAt
      ? [
          {
            deployment,
            from: deployment.finishedAt,
            to: deployment.recoveredAt,
          },
        ]
      : [],
  );
}
