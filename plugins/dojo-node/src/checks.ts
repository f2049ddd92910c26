import {
  createExtensionPoint,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { Said } from '@fawkes/kit-contract';
import type { z } from 'zod';

/** What a check is asked with. @public */
export interface CheckQuestion<P> {
  /** By its schema. */
  params: P;
  /** Entity ref of the learner. */
  learner: string;
  /** Since when facts count. */
  since: Date;
  /** Whose eyes look: the learner's while they are there, else the service's. */
  credentials: BackstageCredentials;
}

/**
 * What a check found: that it holds, that it does not and what to do about it,
 * or that nobody knows, which is neither.
 * @public
 */
export type CheckAnswer =
  | { verdict: 'pass'; observedAt: Date }
  | { verdict: 'fail'; observedAt: Date; why: Said; fix: Said }
  | { verdict: 'error'; why: Said };

/** A question about facts of the portal, by which a lab is judged. @public */
export interface DojoCheck<P = any> {
  /** As content names it: `catalog-entity`. */
  type: string;
  /** What content says about it. */
  params: z.ZodType<P>;
  /** How well its evidence is known at best. */
  assurance: 'self-reported' | 'attested' | 'observed';
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
