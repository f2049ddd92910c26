import {
  say,
  type CabException,
  type CalendarResponse,
  type Change,
  type ChangeSummary,
  type ChangeVote,
  type EnvironmentsResponse,
  type EvidenceItem,
  type EvidenceResponse,
  type ExplainedRisk,
  type Preview,
} from '@fawkes/backstage-plugin-cab-common';
import {
  CURRENT_MODEL,
  modelOf,
  replay,
  valuesOf,
  waterfallOf,
  wouldLower,
} from '@fawkes/backstage-plugin-cab-common/rules';

export const NOW = '2026-11-30T18:00:00.000Z';
export const ME = 'user:default/mira';
export const BOARD = 'group:default/board';
export const TEAM = 'group:default/payments';
export const ENTITY = 'component:default/payments-api';
export const CHANGE = '01938000-0000-7000-8000-000000000001';
export const OTHER = '01938000-0000-7000-8000-000000000002';
const SHA = '5f3c'.repeat(10);
const HASH = 'ab'.repeat(32);

/** A risk as the backend works it out: high, because half of it is unknown. */
export function aRisk(): ExplainedRisk {
  const fact = (value: number | string | boolean, source: string) => ({
    value,
    source,
    reference: null,
    observedAt: NOW,
  });
  const inputs = {
    dependents: fact(6, 'catalog'),
    tier1Dependents: fact(1, 'catalog'),
    environment: fact('test', 'config'),
    tier1Target: fact(false, 'catalog'),
    deployments90d: fact(40, 'delivery'),
    failed90d: fact(3, 'delivery'),
    window: fact('off-hours', 'config'),
    privileged: fact(false, 'catalog'),
    deprecated: fact('none', 'catalog'),
    exceptionsUsed: fact(0, 'cab'),
  };
  const result = replay({ modelVersion: CURRENT_MODEL, asOf: NOW, inputs });
  const { model } = modelOf(CURRENT_MODEL);
  return {
    result,
    asOf: NOW,
    explanation: {
      ...waterfallOf(model, result),
      wouldLower: wouldLower(model, valuesOf(inputs)),
    },
    facts: Object.entries(inputs).map(
      ([name, { value, source, observedAt }]) => ({
        name,
        value,
        source,
        observedAt,
      }),
    ),
  };
}

/** What would come of asking. */
export function aPreview(over: Partial<Preview> = {}): Preview {
  return {
    ...aRisk(),
    environmentClass: 'test',
    missingEvidence: [],
    asks: { pool: [BOARD], min: 2 },
    ...over,
  };
}

/** A change request as lists show it. */
export function aSummary(over: Partial<ChangeSummary> = {}): ChangeSummary {
  const { shown, route } = aRisk().result;
  return {
    id: CHANGE,
    type: 'normal',
    state: 'board_review',
    entity: { ref: ENTITY, title: 'Payments API' },
    environment: 'test',
    environmentClass: 'test',
    headSha: SHA,
    artifactDigest: null,
    sample: false,
    title: 'Refund in two steps',
    submitter: 'user:default/jonas',
    owner: TEAM,
    revision: 1,
    score: shown,
    route,
    next: say('next.votes', { count: 2, pool: BOARD }),
    createdAt: NOW,
    updatedAt: NOW,
    expiresAt: null,
    ...over,
  };
}

/** A vote. */
export function aVote(over: Partial<ChangeVote> = {}): ChangeVote {
  return {
    id: 'v1',
    userRef: 'user:default/bea',
    castBy: null,
    round: 1,
    decision: 'approve',
    revision: 1,
    state: 'live',
    why: null,
    reason: 'The way back is rehearsed',
    at: NOW,
    ...over,
  };
}

/** A change request that the board is asked about, as somebody of the board sees it. */
export function aChange(over: Partial<Change> = {}): Change {
  const risk = aRisk();
  return {
    ...aSummary(),
    asOf: NOW,
    description:
      '## Why\nRefunds are booked twice\n\n## Way back\nSwitch the flag off',
    window: null,
    round: 1,
    binding: {
      revision: 1,
      packDigest: HASH,
      riskResultHash: risk.result.riskResultHash,
    },
    risk,
    requirement: {
      review: 'board_review',
      pool: [BOARD],
      min: 2,
      atLeast: [{ group: 'outside', n: 1 }],
      escalated: false,
      lacking: 2,
    },
    clock: {
      escalatesAt: '2026-12-02T18:00:00.000Z',
      defersAt: '2026-12-04T18:00:00.000Z',
    },
    automatic: null,
    missingEvidence: [],
    exceptions: [],
    gate: {
      verdict: 'pending',
      reasonCode: 'BOARD_REVIEW',
      reason: say('gate.WAITING'),
      expiresAt: null,
      retryAt: null,
    },
    votes: [],
    timeline: [
      {
        seq: 4,
        type: 'create',
        actor: 'user:default/jonas',
        at: NOW,
        state: 'draft',
        text: null,
      },
      {
        seq: 5,
        type: 'routed_board',
        actor: 'system:cab-engine@1.0.0',
        at: NOW,
        state: 'board_review',
        text: null,
      },
    ],
    involved: [
      { who: 'user:default/jonas', duty: 'submitter', known: true },
      { who: 'j…@example.com', duty: 'author', known: false },
    ],
    mine: {
      vote: null,
      voteFor: [],
      submit: say('change.not_submitter', { submitter: 'user:default/jonas' }),
      edit: say('change.not_submitter', { submitter: 'user:default/jonas' }),
      withdraw: say('change.not_owner', {
        submitter: 'user:default/jonas',
        entity: ENTITY,
      }),
      revoke: say('ILLEGAL_TRANSITION', { state: 'board_review' }),
      review: say('ILLEGAL_TRANSITION', { state: 'board_review' }),
    },
    ...over,
  };
}

/** Where changes can go. */
/** A freeze for everything, a window of one component, and two changes that meet. */
export function aCalendar(
  over: Partial<CalendarResponse> = {},
): CalendarResponse {
  const planned = {
    entity: { ref: ENTITY, title: 'Payments API' },
    environment: 'test',
    state: 'approved' as const,
    from: '2026-12-03T09:00:00.000Z',
    to: '2026-12-03T11:00:00.000Z',
    freezes: [],
  };
  return {
    asOf: NOW,
    from: '2026-12-01T00:00:00.000Z',
    to: '2026-12-29T00:00:00.000Z',
    businessHours: { zone: 'UTC', days: [1, 2, 3], from: '09:00', to: '17:00' },
    periods: [
      {
        kind: 'maintenance',
        rule: 'patching',
        title: 'Patching',
        from: '2026-12-05T05:00:00.000Z',
        to: '2026-12-05T09:00:00.000Z',
        zone: 'Europe/Berlin',
        entities: [{ ref: ENTITY, title: 'Payments API' }],
      },
      {
        kind: 'freeze',
        rule: 'year-end',
        title: 'End of the year',
        from: '2026-12-22T17:00:00.000Z',
        to: '2027-01-03T17:00:00.000Z',
        zone: 'Europe/Berlin',
        entities: null,
      },
    ],
    changes: [
      {
        ...planned,
        id: CHANGE,
        title: 'Retry captures',
        conflicts: [{ id: OTHER, title: 'Another one' }],
      },
      {
        ...planned,
        id: OTHER,
        title: 'Another one',
        to: '2026-12-23T11:00:00.000Z',
        freezes: ['year-end'],
        conflicts: [{ id: CHANGE, title: 'Retry captures' }],
      },
    ],
    more: false,
    ...over,
  };
}

export function someEnvironments(): EnvironmentsResponse {
  return {
    items: [
      {
        name: 'test',
        environmentClass: 'test',
        gated: true,
        missingEvidence: [],
      },
      {
        name: 'local',
        environmentClass: 'dev',
        gated: false,
        missingEvidence: [],
      },
      {
        name: 'prod-eu',
        environmentClass: 'production',
        gated: true,
        missingEvidence: ['tests', 'scan'],
      },
    ],
  };
}

/** A piece of evidence: a scan a pipeline sent. */
export function aPiece(over: Partial<EvidenceItem> = {}): EvidenceItem {
  return {
    id: 'e1',
    kind: 'scan',
    state: 'verified',
    why: null,
    mediaType: 'application/sarif+json',
    sha256: HASH,
    size: 12_345,
    producer: 'ci:https://ci.example#repo:org/payments-api',
    producedAt: NOW,
    receivedAt: NOW,
    inPack: true,
    superseded: false,
    says: {
      kind: 'scan',
      tools: ['Trivy'],
      worst: 'medium',
      findings: [
        {
          id: 'CVE-2026-1',
          severity: 'medium',
          count: 2,
          text: 'An old parser',
          where: 'package.json:3',
        },
      ],
      beyond: null,
      suppressed: 1,
      invoked: true,
      endedAt: NOW,
    },
    ...over,
  };
}

/** What is attached: a scan that counts, and a report that was refused. */
export function someEvidence(
  over: Partial<EvidenceResponse> = {},
): EvidenceResponse {
  return {
    items: [
      aPiece(),
      aPiece({
        id: 'e2',
        kind: 'tests',
        state: 'failed',
        why: say('EVIDENCE_EMPTY', { reason: 'no test case is in it' }),
        sha256: 'cd'.repeat(32),
        producer: 'user:default/jonas',
        says: null,
      }),
    ],
    required: ['tests', 'scan'],
    missing: ['tests'],
    usable: [],
    attach: null,
    download: null,
    ...over,
  };
}

/** An exception that is in force: tests are not shown. */
export function anException(over: Partial<CabException> = {}): CabException {
  return {
    id: '01938000-0000-7000-8000-000000000009',
    entity: { ref: ENTITY, title: 'Payments API' },
    environment: 'prod-eu',
    waives: 'tests',
    finding: null,
    status: 'active',
    justification: 'The test farm burns until Monday',
    controls: [
      {
        text: 'Somebody watches the bookings',
        owner: 'user:default/jonas',
        verification: 'the log of the watch',
      },
    ],
    startsAt: NOW,
    expiresAt: '2026-12-05T18:00:00.000Z',
    requester: 'user:default/jonas',
    requestedAt: NOW,
    extension: 0,
    decided: { by: 'user:default/sec', at: NOW, reason: 'Watched well' },
    ended: null,
    mine: {
      decide: say('exception.decided', { status: 'active' }),
      end: say('exception.not_theirs', {
        requester: 'user:default/jonas',
        security: 'group:default/security',
      }),
    },
    ...over,
  };
}
