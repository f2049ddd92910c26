import type {
  LoggerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type {
  Claim,
  EventFault,
  Shortened,
} from '@fawkes/backstage-plugin-delivery-common';

/** A raw message as it came in, before anybody understood it. @public */
export interface RawMessage {
  /** Unique within the source, e.g. `X-GitHub-Delivery`. */
  deliveryId: string;
  /** The body as it came. JSON values only. */
  payload: unknown;
  /** Lower-case headers a mapper may need, e.g. `x-github-event`. */
  headers?: Record<string, string>;
  /** Ties the log lines of one delivery together. */
  correlationId?: string;
}

/** What a source makes of one raw message. @public */
export type Mapped =
  /**
   * What it says; `fault` is the first of the parts that had to be left out,
   * `shortened` what bounds took from the others.
   */
  | {
      outcome: 'claims';
      claims: Claim[];
      fault?: EventFault;
      shortened?: Shortened;
    }
  /** Understood, and it says nothing about delivery. */
  | { outcome: 'ignored'; reason: string }
  /** Not understood: a person has to look at it. */
  | { outcome: 'rejected'; fault: EventFault };

/** Where a backfill continues and what it loads into. @public */
export interface BackfillContext {
  /** The cursor stored by the last `commit`; undefined at the first start. */
  cursor: unknown | undefined;
  /** Logs as the backend does, with the id of the source. */
  logger: LoggerService;
  /** Aborts when the run has to stop; the next one goes on from the cursor. */
  signal: AbortSignal;
  /**
   * Stores the claims and the cursor in one transaction: after a crash the
   * backfill goes on from the last cursor and nothing is told twice.
   */
  commit(claims: Claim[], cursor: unknown): Promise<void>;
}

/**
 * A tool delivery facts come from. The mapping is pure and table-tested; the
 * inbox, retries and storage are the backend's.
 * @public
 */
export interface DeliverySource {
  /** Stable id, the inbox channel: `github`, `git`, … */
  id: string;
  /** Name people read. */
  title: string;
  /** Backstage event topics to take messages from, e.g. `['github']`. */
  topics?: string[];
  /**
   * Headers, in lower case, that are kept with a message of a topic because `map`
   * reads them. None when left out; a signature or token has no business here.
   */
  keptHeaders?: readonly string[];
  /** The key of an event that came over a topic. */
  deliveryId?(event: {
    topic: string;
    payload: unknown;
    metadata?: Record<string, string | string[] | undefined>;
  }): string | undefined;
  /** Maps one raw message. Pure: no clock, no I/O. */
  map(message: RawMessage): Mapped;
  /** Pulls history; resumable. */
  backfill?(context: BackfillContext): Promise<void>;
  /** When set, the backfill also runs on this schedule. */
  schedule?: SchedulerServiceTaskScheduleDefinition;
}
