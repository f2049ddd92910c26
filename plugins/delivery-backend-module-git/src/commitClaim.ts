import {
  isMachineZero,
  type WholeClaim,
} from '@fawkes/backstage-plugin-delivery-common';
import type { CommitRecord } from './logParser';

const LONGEST_TITLE = 512;
const EPOCH = new Date(0).toISOString();

/**
 * A commit as a whole claim, normalised already: at tens of thousands a second
 * there is no second look at each of them.
 *
 * @param now - this machine's clock, ms since the epoch
 */
export function commitClaim(
  told: CommitRecord,
  repository: string,
  now: number,
): WholeClaim {
  const committed = knownInstant(told.committed, now);
  const authored = knownInstant(told.authored, now);
  const committedAt = committed ?? authored;
  const authoredAt = authored ?? committedAt;
  const title = clip(told.title, LONGEST_TITLE);
  return {
    claim: 'whole',
    event: {
      type: 'change',
      kind: 'commit',
      source: repository,
      id: told.sha,
      // A commit never changes: it was known from the start as it is now.
      occurredAt: committedAt ?? EPOCH,
      repository,
      sha: told.sha,
      parents: told.parents,
      ...(authoredAt && { authoredAt }),
      ...(committedAt && { committedAt }),
      ...(told.paths && { paths: told.paths }),
      ...(title && { title }),
      ...botOf(told.email),
    },
  };
}

/** Longest name of an app that is kept. */
const LONGEST_BOT = 200;

/** The app an address is of: `49699333+dependabot[bot]@users.noreply.github.com`. */
function botOf(email: string): { bot?: true; botName?: string } {
  const end = email.indexOf('[bot]@');
  if (end < 0) return {};
  const name = email.slice(email.lastIndexOf('+', end) + 1, end);
  return { bot: true, botName: clip(`${name}[bot]`, LONGEST_BOT) };
}

/**
 * An instant within what the canonical contract takes. Clocks that were wrong
 * when somebody committed are real life: a commit left out would cut all its
 * history off, so its time is brought into range instead.
 */
export function toInstant(seconds: number, now: number): string | undefined {
  if (Number.isNaN(seconds)) return undefined;
  return new Date(Math.min(Math.max(seconds * 1_000, 0), now)).toISOString();
}

/** Unknown where the clock was never set: the commit is kept, and has no time. */
function knownInstant(seconds: number, now: number): string | undefined {
  const instant = toInstant(seconds, now);
  return isMachineZero(instant) ? undefined : instant;
}

function clip(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
