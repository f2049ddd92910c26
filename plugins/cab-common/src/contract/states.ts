import { z } from 'zod';

/** Every state a change request can be in, by the sets the workflow speaks of. @public */
export const STATE_SETS = {
  /** Nobody has been asked yet. */
  before: ['draft', 'evidence_pending', 'changes_requested'],
  /** Somebody has to do something before it goes on. */
  parked: ['changes_requested', 'deferred'],
  /** Entered and left in one transaction. */
  passing: ['submitted', 'scored', 'auto_approved', 'invalidated'],
  /** People vote. */
  review: ['peer_review', 'board_review'],
  /** It may start. */
  open: ['approved', 'scheduled'],
  /** It has started. */
  run: ['implementing'],
  /** It has run, and is looked back at. */
  after: [
    'implemented',
    'implemented_pending_review',
    'failed',
    'rolled_back',
    'reviewed',
    'unauthorized',
  ],
  /** Nothing follows. */
  end: ['closed', 'rejected', 'withdrawn', 'expired', 'revoked'],
} as const;

/** What the sets are called. @public */
export const phaseSchema = z.enum([
  'before',
  'parked',
  'passing',
  'review',
  'open',
  'run',
  'after',
  'end',
] satisfies ReadonlyArray<keyof typeof STATE_SETS>);
/** See {@link phaseSchema}. @public */
export type Phase = z.infer<typeof phaseSchema>;

/** Every state, each once. @public */
export const STATES = [
  ...STATE_SETS.before,
  'deferred',
  ...STATE_SETS.passing,
  ...STATE_SETS.review,
  ...STATE_SETS.open,
  ...STATE_SETS.run,
  ...STATE_SETS.after,
  ...STATE_SETS.end,
] as const;
/** One of {@link STATES}. @public */
export const changeStateSchema = z.enum(STATES);
/** See {@link changeStateSchema}. @public */
export type ChangeState = z.infer<typeof changeStateSchema>;

/** The states in which a change request still wants something. @public */
export const UNFINISHED: readonly ChangeState[] = STATES.filter(
  state =>
    !(STATE_SETS.after as readonly string[]).includes(state) &&
    !(STATE_SETS.end as readonly string[]).includes(state),
);

/** What kind of change request one is. @public */
export const CHANGE_TYPES = [
  'standard',
  'normal',
  'emergency',
  'policy',
] as const;
/** One of {@link CHANGE_TYPES}. @public */
export const changeTypeSchema = z.enum(CHANGE_TYPES);
/** See {@link changeTypeSchema}. @public */
export type ChangeType = z.infer<typeof changeTypeSchema>;

/** What can happen to a change request. @public */
export const CHANGE_EVENTS = [
  'create',
  'edit',
  'attach_evidence',
  'submit',
  'withdraw',
  'scored',
  'found_incomplete',
  'routed_automatic',
  'routed_peer',
  'routed_board',
  'quorum_met',
  'vote_approve',
  'vote_withdrawn',
  'recuse',
  'vote_reject',
  'request_changes',
  'delegate',
  'quorum_impossible',
  'member_lost',
  'defer',
  'resume',
  'schedule',
  'invalidate',
  'exception_expired',
  'freeze_began',
  'rescore',
  'model_activated',
  'applied',
  'revoke',
  'approval_expired',
  'window_opened',
  'window_closed',
  'clock_due',
  'entity_gone',
  'gate_asked',
  'comment',
  'deploy_started',
  'deploy_succeeded',
  'deploy_failed',
  'rolled_back',
  'run_ended',
  'deploy_without_allow',
  'review_done',
  'retro_overdue',
  'close',
] as const;
/** One of {@link CHANGE_EVENTS}. @public */
export const changeEventSchema = z.enum(CHANGE_EVENTS);
/** See {@link changeEventSchema}. @public */
export type ChangeEventName = z.infer<typeof changeEventSchema>;

/** Why an open review or approval was taken back. @public */
export const INVALIDATE_REASONS = [
  'RISK_WORSE',
  'EVIDENCE_TOO_OLD',
  'MODEL_WITHDRAWN',
  'OWNER_CHANGED',
  'HEAD_MOVED',
] as const;
