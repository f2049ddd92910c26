import {
  createExtensionPoint,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { NamedEntity, Said } from '@fawkes/kit-contract';
import type { z } from 'zod';

/** How well evidence is known, the least first. @public */
export type CheckAssurance = 'self-reported' | 'attested' | 'observed';

/** What a step of one run is about, where that was chosen for it. @public */
export interface CheckSubject {
  /** The entity it is about. */
  entity?: NamedEntity;
  /** What is asked of it. */
  about?: Said;
  /** Page of the portal where to look: a path. */
  page?: string;
  /** For the check itself; no answer of any route has it. */
  kept?: Readonly<Record<string, string>>;
}

/** What a check is asked before a run begins. @public */
export interface CheckChoice<P> {
  /** By its schema. */
  params: P;
  /** Entity ref of the learner. */
  learner: string;
  /** When it is, ms since the epoch. */
  now: number;
  /** The learner's: what they may see is what can be chosen. */
  credentials: BackstageCredentials;
  /** Orders candidates by chance, the same way for one run. */
  rank(candidate: string): string;
}

/** What a check is asked with. @public */
export interface CheckQuestion<P> {
  /** By its schema. */
  params: P;
  /** Entity ref of the learner. */
  learner: string;
  /** Since when facts count. */
  since: Date;
  /** When this run began, for what counts since then only. */
  runStartedAt: Date;
  /** Marks what was made in this run: bound to its learner and lab. */
  nonce: string;
  /** What was chosen when the run began. */
  subject: CheckSubject | undefined;
  /** What the learner typed in. */
  answer: string | undefined;
  /** The learner's, who is there: what they may see is what counts. */
  credentials: BackstageCredentials;
}

/** A fact that belts count: `{ count: deployment, min: 2 }`. @public */
export interface CountedFact {
  /** As rules of belts name it. */
  type: string;
  /** Tells it from others of its type. */
  key: string;
  /** When it happened. */
  at: Date;
  /** What rules may ask of it. */
  fields?: Readonly<Record<string, string>>;
}

/** What a pass is founded on. @public */
export interface CheckEvidence {
  /** Who told the fact: a plugin, a host. */
  source: string;
  /** The fact, as JSON; secrets and other people are taken out before it is kept. */
  fact: unknown;
  /** What may serve one learner only: the key of a deployment. */
  claim?: string;
  /** What belts count of it, each once a learner. */
  counts?: readonly CountedFact[];
  /** Where it is known less well than the check can at best. */
  assurance?: CheckAssurance;
}

/**
 * What a check found: that it holds, that it does not and why, or that nobody
 * knows, which is neither. What it asks may be away; then it throws an
 * `AwayError`, and the step stays as it was.
 * @public
 */
export type CheckAnswer =
  | { verdict: 'pass'; observedAt: Date; evidence: CheckEvidence }
  | { verdict: 'fail'; observedAt: Date; why: Said }
  | { verdict: 'error'; why: Said };

/** A question about facts of the portal, by which a lab is judged. @public */
export interface DojoCheck<P = any> {
  /** As content names it: `catalog-entity`. */
  type: string;
  /** What content says about it. */
  params: z.ZodType<P>;
  /** How well its evidence is known at best. */
  assurance: CheckAssurance;
  /** Since when facts count: since the run began, unless it says otherwise. */
  since?: 'run' | 'enrolment';
  /** What the portal lacks for it, whoever asks; undefined where nothing. */
  needs?(params: P): Said | undefined;
  /**
   * Chooses what a step is about, among what the learner may see; says what is
   * missing where there is nothing to choose from.
   */
  choose?(
    choice: CheckChoice<P>,
  ): Promise<{ subject: CheckSubject } | { missing: Said }>;
  /** Looks at the facts. */
  evaluate(question: CheckQuestion<P>): Promise<CheckAnswer>;
}

/** Takes the checks modules bring. @public */
export interface DojoChecksExtensionPoint {
  /** Registers a type of check; a second one of a type is refused. */
  addCheck(check: DojoCheck): void;
}

/** Where modules register the checks they know how to make. @public */
export const dojoChecksExtensionPoint =
  createExtensionPoint<DojoChecksExtensionPoint>({ id: 'dojo.checks' });
