import type {
  CommitEvent,
  DeliveryEvent,
  DeploymentEvent,
  FeedbackEvent,
  IncidentEvent,
  PullRequestEvent,
  PushEvent,
  RepositoryEvent,
  WorkItemEvent,
  WorkItemTransitionEvent,
} from '../events';

/** The kinds of fact the intake keeps. @public */
export type FactType =
  | 'deployment'
  | 'commit'
  | 'push'
  | 'pull_request'
  | 'repository'
  | 'incident'
  | 'work-item'
  | 'work-item-transition'
  | 'feedback';

/** The event a fact of each type is told by. @public */
export interface FactEvents {
  /** A deployment, told as a whole or status by status. */
  deployment: DeploymentEvent;
  /** A commit. */
  commit: CommitEvent;
  /** A push: what a branch was, and what it became. */
  push: PushEvent;
  /** A pull or merge request. */
  pull_request: PullRequestEvent;
  /** That a repository got its name. */
  repository: RepositoryEvent;
  /** An incident. */
  incident: IncidentEvent;
  /** A piece of planned work. */
  'work-item': WorkItemEvent;
  /** A move of a work item. */
  'work-item-transition': WorkItemTransitionEvent;
  /** What somebody said. */
  feedback: FeedbackEvent;
}

/**
 * A whole record: everything the sender knows about one fact. What it leaves
 * out, the fact does not have.
 * @public
 */
export interface WholeClaim {
  /** Tells it from a {@link PartialClaim}. */
  claim: 'whole';
  /** The record, as the contract has it. */
  event: DeliveryEvent;
}

/**
 * A part of what is known about one fact. Webhooks tell facts in pieces (a
 * review arrives apart from its pull request); each field keeps its newest
 * value, and fields under `earliest` keep their earliest.
 * @public
 */
export interface PartialClaim {
  /** Tells it from a {@link WholeClaim}. */
  claim: 'partial';
  /** The kind of fact it is about. */
  type: FactType;
  /** The source that tells it. */
  source: string;
  /** The sender's id of the fact. */
  id: string;
  /** When this became so, ISO 8601 with an offset; the newer value wins. */
  occurredAt: string;
  /** Fields of the canonical event, including those that make up its key. */
  fields: Record<string, unknown>;
  /** Instants of which the first one heard of counts, e.g. `firstReviewAt`. */
  earliest?: Record<string, string>;
}

/** What a source says about a fact. @public */
export type Claim = WholeClaim | PartialClaim;

/** The fact type an event tells about. @public */
export function factTypeOf(event: DeliveryEvent): FactType {
  return event.type === 'change' ? event.kind : event.type;
}
