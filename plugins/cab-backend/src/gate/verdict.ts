import {
  STATE_SETS,
  say,
  type ChangeState,
  type GateAnswer,
  type GateBody,
} from '@fawkes/backstage-plugin-cab-common';
import {
  freezesIn,
  isActive,
  occurrencesOf,
  shownScore,
  type Calendar,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { exceptionsOf, type ScoredRevision } from '../cases/scored';
import { timedOf } from '../exceptions/row';
import type { ChangeRow, ExceptionRow } from '../store/tables';

const MINUTE_MS = 60_000;
/** Longest an allow lasts. */
export const ALLOW_MS = 5 * MINUTE_MS;
/** After what time asking again makes sense, when something was away. */
const AGAIN_MS = 30_000;

/** An answer before it has its place in the record. */
export type Answer = Omit<GateAnswer, 'seq'>;

const iso = (ms: number) => new Date(ms).toISOString();

function answer(
  verdict: GateAnswer['verdict'],
  reasonCode: string,
  reason: GateAnswer['reason'],
  row: ChangeRow | undefined,
  more: { expiresAt?: number; retryAt?: number } = {},
): Answer {
  const { expiresAt, retryAt } = more;
  return {
    verdict,
    reasonCode,
    reason,
    changeId: row?.id ?? null,
    score: row?.score === null || !row ? null : shownScore(row.score),
    expiresAt: expiresAt === undefined ? null : iso(expiresAt),
    retryAt: retryAt === undefined ? null : iso(retryAt),
  };
}

/** Of who may not ask: no ids. */
export function ofCaller({ entityRef }: GateBody): Answer {
  return answer(
    'deny',
    'CALLER',
    say('gate.CALLER', { entity: entityRef }),
    undefined,
  );
}

/** Of what is not gated, or only looked at. */
export function ofFree(
  code: 'NOT_GATED' | 'OBSERVED',
  { entityRef, environment }: Pick<GateBody, 'entityRef' | 'environment'>,
  now: number,
): Answer {
  return answer(
    'allow',
    code,
    code === 'OBSERVED'
      ? say('gate.OBSERVED', { entity: entityRef })
      : say('gate.NOT_GATED', { environment }),
    undefined,
    {
      expiresAt: now + ALLOW_MS,
    },
  );
}

/** Of what nobody has asked for. */
export function ofNothing({ environment }: GateBody): Answer {
  return answer(
    'deny',
    'NO_CHANGE',
    say('gate.NO_CHANGE', { environment }),
    undefined,
  );
}

const isOf = (set: readonly string[], state: ChangeState) =>
  set.includes(state);

const ENDED: Partial<Record<ChangeState, GateAnswer['reason']>> = {
  rejected: say('gate.REJECTED'),
  withdrawn: say('gate.WITHDRAWN'),
  revoked: say('gate.REVOKED'),
  expired: say('gate.EXPIRED'),
};

/** By the state alone; undefined for what is open and has to be looked at again. */
export function byState(row: ChangeRow): Answer | undefined {
  const { state } = row;
  if (isOf(STATE_SETS.open, state)) return undefined;
  const code = state.toUpperCase();
  if (
    isOf(STATE_SETS.end, state) ||
    isOf(STATE_SETS.after, state) ||
    isOf(STATE_SETS.run, state)
  ) {
    return answer(
      'deny',
      code,
      ENDED[state] ?? say('gate.ENDED', { state }),
      row,
    );
  }
  return answer('pending', code, say('gate.WAITING'), row);
}

/** What stands in the way of what is approved, by the clock and the calendar. */
export function byTime(
  row: ChangeRow,
  scored: ScoredRevision,
  calendar: Calendar,
  now: number,
): Answer | undefined {
  const { refs: seen = [] } =
    scored.result.floors.find(({ id }) => id === 'freeze') ?? {};
  const freezes = freezesIn({ from: now, to: now + 1 }, calendar).filter(
    ({ id }) => !seen.includes(id),
  );
  if (freezes.length > 0) {
    const names = freezes.map(({ id }) => id).join(', ');
    return answer(
      'deny',
      'FREEZE',
      say('gate.FREEZE', { freezes: names }),
      row,
      {
        retryAt: Math.max(...freezes.map(({ endsAt }) => endsAt)),
      },
    );
  }
  if (row.window_from !== null && now < row.window_from) {
    return answer('deny', 'WINDOW', say('gate.WINDOW'), row, {
      retryAt: row.window_from,
    });
  }
  if (row.expires_at === null || now >= row.expires_at) {
    return answer('deny', 'EXPIRED', say('gate.EXPIRED'), row);
  }
  return undefined;
}

/**
 * By the exceptions it was decided with: one that is over closes the gate, whether
 * anybody was asked again or not.
 *
 * @param known - those of them that are known; one that is not is over
 */
export function byException(
  row: ChangeRow,
  scored: ScoredRevision,
  known: readonly ExceptionRow[],
  now: number,
): Answer | undefined {
  const inForce = known.filter(each => isActive(timedOf(each), now));
  const over = exceptionsOf(scored).filter(
    id => !inForce.some(each => each.id === id),
  );
  if (over.length === 0) return undefined;
  const what = over
    .map(id => {
      const exception = known.find(each => each.id === id);
      return exception?.finding ?? exception?.waives ?? id;
    })
    .join(', ');
  return answer('deny', 'EXCEPTION', say('gate.EXCEPTION', { what }), row);
}

/** Whether only what somebody vouches for starts there; what is not listed counts. */
export function bindsArtifact({
  environment_class: environmentClass,
}: Pick<ChangeRow, 'environment_class'>): boolean {
  return (environmentClass ?? 'production') === 'production';
}

/**
 * By the artifact: in production only one that trusted provenance says was built
 * from the commit; elsewhere the commit binds, and the artifact where both name one.
 *
 * @param vouched - digests that trusted provenance names
 */
export function byArtifact(
  row: ChangeRow,
  { artifactDigest }: Pick<GateBody, 'artifactDigest'>,
  vouched: readonly string[],
): Answer | undefined {
  const isBound = bindsArtifact(row);
  if (isBound && (artifactDigest === null || vouched.length === 0)) {
    return answer(
      'pending',
      'ARTIFACT_UNKNOWN',
      say('gate.ARTIFACT_UNKNOWN'),
      row,
    );
  }
  const wanted = isBound ? vouched : [row.artifact_digest ?? artifactDigest];
  return artifactDigest === null || wanted.includes(artifactDigest)
    ? undefined
    : answer('deny', 'DIGEST', say('gate.DIGEST'), row);
}

/** Where those who approved it cannot be asked about. */
export function ofUnknownVoters(row: ChangeRow, now: number): Answer {
  return answer('deny', 'VOTERS', say('gate.VOTERS'), row, {
    retryAt: now + AGAIN_MS,
  });
}

/** Where the risk cannot be looked at again. */
export function ofUnreadableFacts(row: ChangeRow, now: number): Answer {
  return answer('deny', 'FACTS_UNREADABLE', say('gate.FACTS_UNREADABLE'), row, {
    retryAt: now + AGAIN_MS,
  });
}

/** After the risk has grown: it is asked about again. */
export function ofWorse(row: ChangeRow): Answer {
  return answer(
    'pending',
    row.state.toUpperCase(),
    say('gate.RISK_WORSE'),
    row,
  );
}

/** It may start. */
export function ofApproved(
  row: ChangeRow,
  scored: ScoredRevision,
  calendar: Calendar,
  exceptions: readonly ExceptionRow[],
  now: number,
): Answer {
  const { refs: seen = [] } =
    scored.result.floors.find(({ id }) => id === 'freeze') ?? {};
  const ends = calendar.freezes
    .filter(({ id }) => !seen.includes(id))
    .flatMap(rule => occurrencesOf(rule, { from: now, to: now + ALLOW_MS }))
    .map(({ from }) => from);
  const expiresAt = Math.min(
    now + ALLOW_MS,
    row.expires_at ?? now + ALLOW_MS,
    row.window_to ?? now + ALLOW_MS,
    ...exceptions.map(({ expires_at }) => expires_at),
    ...ends,
  );
  return answer('allow', row.state.toUpperCase(), say('gate.APPROVED'), row, {
    expiresAt,
  });
}
