import {
  STATE_SETS,
  STATES,
  type ChangeEventName,
  type ChangeState,
} from '../../contract';

/**
 * What has to hold before a transition is made. The use case that raises an event
 * works each of them out; one that nobody worked out does not hold.
 * @public
 */
export const GUARDS = [
  'mayCreate',
  'noUnfinishedTwin',
  'isSubmitter',
  'isSubmitterOrOwner',
  'isAllowedProducer',
  'isNewToPack',
  'isSetComplete',
  'isSetIncomplete',
  'nothingFailed',
  'noBlockingCritical',
  'newerDescendantApproved',
  'isRoutedHere',
  'isEligible',
  'isOwnVote',
  'isBeforeQuorum',
  'hasReason',
  'areBothOnBoard',
  'isQuorumMet',
  'isQuorumImpossible',
  'isQuorumMissed',
  'isVoterOrChair',
  'isNotEmergency',
  'isEmergency',
  'mayResume',
  'windowEndsInLife',
  'hasInvalidReason',
  'revisionUsesIt',
  'plannedWindowOverlaps',
  'mayRescore',
  'isPolicy',
  'isBoardOrSecurity',
  'hasNoLiveAllow',
  'untouchedFor30Days',
  'catalogSaysGone',
  'hasValidAllow',
  'allowExists',
  'isLastStage',
  'noRetryLeft',
  'planeSaysSo',
  'mayEndRun',
  'isEnforced',
  'mayReview',
  'isReviewLate',
  'isEvidenceLate',
  'isQuiet',
  'lateEvidenceIsThere',
] as const;
/** One of {@link GUARDS}. @public */
export type Guard = (typeof GUARDS)[number];

/** Who raises an event. What the engine raises in vain changes nothing. @public */
export type Raiser = 'person' | 'engine' | 'clock' | 'plane' | 'catalog';

/** A line of the table: an event, from which states, to which, when. @public */
export interface Transition {
  /** What happens. */
  readonly event: ChangeEventName;
  /** Where it may happen; `new` is before there is a change request. */
  readonly from: ReadonlyArray<ChangeState | 'new'>;
  /** Where it leads; `same` stays. */
  readonly to: ChangeState | 'same';
  /** All of these have to hold; the first that does not says why it is refused. */
  readonly guards: readonly Guard[];
  /** Who raises it there. */
  readonly by: readonly Raiser[];
}

const { before, parked, review, open, run, after } = STATE_SETS;
const unreviewed = after.filter(state => state !== 'reviewed');
const person = ['person'] as const;
const engine = ['engine'] as const;
const clock = ['clock'] as const;
const plane = ['plane'] as const;

type Where = ChangeState | 'new' | ReadonlyArray<ChangeState | 'new'>;

function row(
  event: ChangeEventName,
  from: Where | readonly Where[],
  to: Transition['to'],
  by: readonly Raiser[],
  ...guards: Guard[]
): Transition {
  const states = [from].flat(2) as Array<ChangeState | 'new'>;
  return { event, from: [...new Set(states)], to, by, guards };
}

/**
 * The whole workflow. Lines of one event and state are tried in order, and the
 * first whose guards all hold is taken. Whatever is not here is refused.
 * @public
 */
export const TRANSITIONS: readonly Transition[] = [
  row('create', 'new', 'draft', person, 'mayCreate', 'noUnfinishedTwin'),

  row('edit', ['draft', 'evidence_pending'], 'same', person, 'isSubmitter'),
  row('edit', parked, 'evidence_pending', person, 'isSubmitter'),
  row('edit', [review, open], 'invalidated', person, 'isSubmitter'),

  row(
    'attach_evidence',
    ['draft', parked],
    'evidence_pending',
    person,
    'isAllowedProducer',
  ),
  row(
    'attach_evidence',
    'evidence_pending',
    'same',
    person,
    'isAllowedProducer',
  ),
  row(
    'attach_evidence',
    [review, open],
    'invalidated',
    person,
    'isAllowedProducer',
    'isNewToPack',
  ),
  row(
    'attach_evidence',
    [run, after],
    'same',
    person,
    'isAllowedProducer',
    'isNewToPack',
  ),

  row(
    'submit',
    [before, 'deferred'],
    'submitted',
    person,
    'isSubmitter',
    'isSetComplete',
    'nothingFailed',
    'noBlockingCritical',
  ),

  row(
    'withdraw',
    [before, review, open, 'deferred'],
    'withdrawn',
    person,
    'isSubmitterOrOwner',
  ),
  row(
    'withdraw',
    [before, review, open, 'deferred'],
    'withdrawn',
    engine,
    'newerDescendantApproved',
  ),

  row(
    'scored',
    ['submitted', 'invalidated'],
    'scored',
    engine,
    'isSetComplete',
  ),
  row(
    'found_incomplete',
    'invalidated',
    'evidence_pending',
    engine,
    'isSetIncomplete',
  ),
  row('routed_automatic', 'scored', 'auto_approved', engine, 'isRoutedHere'),
  row('routed_peer', 'scored', 'peer_review', engine, 'isRoutedHere'),
  row('routed_board', 'scored', 'board_review', engine, 'isRoutedHere'),
  row(
    'quorum_met',
    ['auto_approved', review],
    'approved',
    engine,
    'isQuorumMet',
  ),

  row('vote_approve', review, 'same', person, 'isEligible'),
  row('vote_withdrawn', review, 'same', person, 'isOwnVote', 'isBeforeQuorum'),
  row('recuse', review, 'same', person, 'isEligible'),
  row('vote_reject', review, 'rejected', person, 'isEligible', 'hasReason'),
  row(
    'request_changes',
    review,
    'changes_requested',
    person,
    'isEligible',
    'hasReason',
  ),
  row('delegate', 'board_review', 'same', person, 'areBothOnBoard'),
  row(
    'quorum_impossible',
    'peer_review',
    'board_review',
    engine,
    'isQuorumImpossible',
  ),
  row(
    'quorum_impossible',
    'board_review',
    'same',
    engine,
    'isQuorumImpossible',
  ),
  row('member_lost', review, 'same', engine),
  row('member_lost', open, 'board_review', engine, 'isQuorumMissed'),
  row('member_lost', open, 'same', engine),

  row('defer', review, 'deferred', person, 'isVoterOrChair'),
  row('defer', review, 'deferred', clock, 'isNotEmergency'),
  row('resume', 'deferred', 'scored', person, 'mayResume', 'isSetComplete'),
  row(
    'schedule',
    'approved',
    'scheduled',
    person,
    'isSubmitterOrOwner',
    'windowEndsInLife',
  ),
  row('invalidate', [review, open], 'invalidated', engine, 'hasInvalidReason'),

  row(
    'exception_expired',
    [review, open],
    'invalidated',
    clock,
    'revisionUsesIt',
  ),
  row('exception_expired', parked, 'evidence_pending', clock, 'revisionUsesIt'),
  row(
    'exception_expired',
    ['draft', 'evidence_pending', run, after],
    'same',
    clock,
  ),
  row(
    'freeze_began',
    [review, open],
    'invalidated',
    engine,
    'plannedWindowOverlaps',
  ),
  row('freeze_began', [before, 'deferred', run], 'same', engine),
  row('rescore', review, 'invalidated', person, 'mayRescore'),
  row('model_activated', [review, open, run], 'same', engine),
  row('applied', 'approved', 'implemented', engine, 'isPolicy'),

  row('revoke', open, 'revoked', person, 'isBoardOrSecurity', 'hasReason'),
  row('revoke', run, 'same', person, 'isBoardOrSecurity', 'hasReason'),
  row('approval_expired', open, 'expired', clock, 'hasNoLiveAllow'),
  row('window_opened', 'scheduled', 'same', clock),
  row('window_closed', 'scheduled', 'expired', clock, 'hasNoLiveAllow'),
  row('clock_due', review, 'same', clock),
  row(
    'clock_due',
    [before, 'deferred'],
    'withdrawn',
    clock,
    'untouchedFor30Days',
  ),
  row(
    'entity_gone',
    [before, review, open, 'deferred'],
    'withdrawn',
    ['catalog'],
    'catalogSaysGone',
  ),

  row('gate_asked', STATES, 'same', plane),
  row('comment', STATES, 'same', person),

  row('deploy_started', open, 'implementing', plane, 'hasValidAllow'),
  row('deploy_started', run, 'same', plane, 'hasValidAllow'),
  row(
    'deploy_succeeded',
    open,
    'implemented_pending_review',
    plane,
    'allowExists',
    'isLastStage',
    'isEmergency',
  ),
  row(
    'deploy_succeeded',
    open,
    'implemented',
    plane,
    'allowExists',
    'isLastStage',
    'isNotEmergency',
  ),
  row(
    'deploy_succeeded',
    run,
    'implemented_pending_review',
    plane,
    'isLastStage',
    'isEmergency',
  ),
  row(
    'deploy_succeeded',
    run,
    'implemented',
    plane,
    'isLastStage',
    'isNotEmergency',
  ),
  row('deploy_succeeded', [run, after], 'same', plane),
  row('deploy_failed', open, 'failed', plane, 'allowExists', 'noRetryLeft'),
  row('deploy_failed', run, 'failed', plane, 'noRetryLeft'),
  row('deploy_failed', [run, after], 'same', plane),
  row(
    'rolled_back',
    [run, 'implemented', 'implemented_pending_review', 'failed'],
    'rolled_back',
    plane,
    'planeSaysSo',
  ),
  row('rolled_back', ['reviewed', 'closed'], 'same', plane, 'planeSaysSo'),
  row(
    'run_ended',
    run,
    'failed',
    ['person', 'clock'],
    'mayEndRun',
    'hasReason',
  ),
  row('deploy_without_allow', 'new', 'unauthorized', plane, 'isEnforced'),
  row('deploy_without_allow', STATES, 'same', plane),

  row('review_done', unreviewed, 'reviewed', person, 'mayReview'),
  row('retro_overdue', unreviewed, 'same', clock, 'isReviewLate'),
  row('retro_overdue', 'reviewed', 'same', clock, 'isEvidenceLate'),
  row('close', 'implemented', 'closed', ['engine', 'clock'], 'isQuiet'),
  row('close', 'reviewed', 'closed', engine, 'lateEvidenceIsThere'),
];
