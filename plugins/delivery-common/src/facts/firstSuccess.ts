import { canonicalJson, compareText } from '@fawkes/kit-contract';
import type { DeploymentEvent } from '../events';
import type { FactEvents, FactType } from './claim';

/** What was deployed, as one success of a deployment told it. @public */
export type Content = Pick<
  DeploymentEvent,
  'repository' | 'sha' | 'commits' | 'parts'
>;

/** A success a sender told of a deployment. @public */
export interface Success {
  /** When it was told, ISO 8601 UTC. */
  at: string;
  /** When it finished, ISO 8601 UTC. */
  finishedAt: string;
  /** What was deployed. */
  content: Content;
}

/** The success a record tells; undefined when it is none. */
export function firstsOf(
  event: FactEvents[FactType],
): readonly Success[] | undefined {
  if (event.type !== 'deployment' || event.status !== 'success') {
    return undefined;
  }
  const { occurredAt: at, finishedAt = at } = event;
  return [{ at, finishedAt, content: contentOf(event) }];
}

/** What of a deployment says what was deployed. */
export function contentOf(event: Content): Content {
  const { repository, sha, commits, parts } = event;
  return {
    ...(repository === undefined ? {} : { repository }),
    ...(sha === undefined ? {} : { sha }),
    ...(commits === undefined ? {} : { commits }),
    ...(parts === undefined ? {} : { parts }),
  };
}

/**
 * The successes that may be the first, whatever tombstone is still to come:
 * those that no other beats both ways, told later and finished not after.
 * @public
 */
export function joinFirsts(
  a: readonly Success[] = [],
  b: readonly Success[] = [],
): Success[] {
  const found: Success[] = [];
  // The last told first: each that finished earlier than all of these stays.
  for (const success of [...a, ...b].sort(compareSuccesses)) {
    const last = found[found.length - 1];
    if (!last || success.finishedAt < last.finishedAt) found.push(success);
  }
  return found;
}

/** Told later first; of those told together the one that finished first; then by content. */
function compareSuccesses(x: Success, y: Success): number {
  return (
    compareText(y.at, x.at) ||
    compareText(x.finishedAt, y.finishedAt) ||
    compareText(canonicalJson(y.content), canonicalJson(x.content))
  );
}

/** The first of the successes that may be it. */
export function firstOf(
  successes: readonly Success[] = [],
): Success | undefined {
  return successes[successes.length - 1];
}
