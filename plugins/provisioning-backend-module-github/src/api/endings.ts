import type {
  EffectResult,
  Sighting,
} from '@fawkes/backstage-plugin-provisioning-node';
import type { Said } from '@fawkes/kit-contract';

/** How an effect fails. */
export type Failed = Extract<EffectResult, { state: 'failed' }>;

/** What is known for sure to stand in the way. */
export class Ending extends Error {
  constructor(readonly result: Failed) {
    super(result.reason.text);
    this.name = 'Ending';
  }
}

/** Ends an effect with words; only a person can go on. */
export function needsPerson(reason: Said, more: Partial<Failed> = {}): Ending {
  return new Ending({ state: 'failed', needsPerson: true, ...more, reason });
}

/** Ends an effect with words; trying again will not mend it. */
export function refused(reason: Said): Ending {
  return new Ending({ state: 'failed', permanent: true, reason });
}

/** Ends an effect with words; trying again later may help. */
export function later(reason: Said): Ending {
  return new Ending({ state: 'failed', reason });
}

/** The host was asked often enough and does not answer. */
export class Outage extends Error {
  constructor(readonly reason: Said) {
    super(reason.text);
    this.name = 'Outage';
  }
}

/** Something was sent that changes things, and no answer came: look before sending it again. */
export class LostWrite extends Error {
  constructor(readonly reason: Said) {
    super(reason.text);
    this.name = 'LostWrite';
  }
}

/**
 * What a run reads of an error.
 *
 * @param lost - whether something was told that nobody has looked at since
 * @throws the error, where it says nothing about the effect: the lease is over, or there is a fault in the code
 */
export function resultOf(error: unknown, lost: boolean): EffectResult {
  if (error instanceof Ending) return error.result;
  if (error instanceof LostWrite) {
    return { state: 'unknown', reason: error.reason };
  }
  if (error instanceof Outage) {
    return { state: lost ? 'unknown' : 'failed', reason: error.reason };
  }
  throw error;
}

/** See {@link resultOf}: the same for a look that changed nothing. */
export function sightingOf(error: unknown): Sighting {
  if (error instanceof Ending) return error.result;
  if (error instanceof Outage || error instanceof LostWrite) {
    return { state: 'unreadable', reason: error.reason };
  }
  throw error;
}
