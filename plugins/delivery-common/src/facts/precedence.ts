import type { DeliveryEvent } from '../events';
import { TERMINAL_STATUSES } from '../events/deployment';
import { compareText } from '@fawkes/kit-contract';

/**
 * Where a claim stands among the claims about the same fact. The order is
 * total, so the winner does not depend on the order of arrival.
 * @public
 */
export interface Rank {
  /** 1 when nothing non-terminal may undo it, whatever its time. */
  final: 0 | 1;
  /** `occurredAt`, ISO 8601 UTC. */
  at: string;
  /** On a tie of time: 1 terminal state, 0 else. */
  state: 0 | 1;
  /** On a full tie: canonical JSON, the greater one wins. */
  text: string;
}

/** Negative when `a` gives way to `b`. @public */
export function compareRank(a: Rank, b: Rank): number {
  return (
    a.final - b.final ||
    compareText(a.at, b.at) ||
    a.state - b.state ||
    compareText(a.text, b.text)
  );
}

/**
 * Ranks a whole record: newest `occurredAt` wins; on a tie a terminal state
 * wins, then the greater canonical JSON; a terminal deployment is never undone
 * by a non-terminal one. Tombstones have no rank: they bury what is not newer.
 * @public
 */
export function rankOf(event: DeliveryEvent, canonical: string): Rank {
  const terminal = !event.deleted && isTerminal(event);
  return {
    final: event.type === 'deployment' && terminal ? 1 : 0,
    at: event.occurredAt,
    state: terminal ? 1 : 0,
    text: canonical,
  };
}

function isTerminal(event: DeliveryEvent): boolean {
  switch (event.type) {
    case 'deployment':
      return TERMINAL_STATUSES.includes(event.status);
    case 'incident':
      return event.resolvedAt !== undefined;
    case 'work-item':
      return event.closedAt !== undefined;
    case 'change':
      return (
        event.kind === 'pull_request' &&
        (event.mergedAt !== undefined || event.closedAt !== undefined)
      );
    default:
      return false;
  }
}
