import type {
  EffectDriver,
  EffectContext,
  EffectResult,
  Sighting,
} from '../effects/driver';
import type { Told } from '../ledger/ledger';
import type { EffectEvent } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { LeaseLostError } from '../leases';
import { messageOf, say } from '../words';
import { MOST_ATTEMPTS } from './core';

/** What is to be written of an effect, once its driver has answered. */
export interface Landing {
  event: EffectEvent;
  told: Told;
}

/** Makes an effect; whatever a driver throws, nobody knows what it did. */
export async function make(
  driver: EffectDriver,
  context: EffectContext,
  redact: (text: string) => string,
): Promise<Landing> {
  let result: EffectResult;
  try {
    result = await driver.make(context);
  } catch (error) {
    if (error instanceof LeaseLostError) throw error;
    const message = redact(messageOf(error));
    result = { state: 'unknown', reason: say('run.threw', { message }) };
  }
  return result.state === 'unknown'
    ? { event: 'lose', told: { reason: result.reason } }
    : landingOf(result, 'succeed');
}

/** Finds out what became of an effect. */
export async function lookUp(
  driver: EffectDriver,
  context: EffectContext,
  redact: (text: string) => string,
): Promise<Landing> {
  let sighting: Sighting;
  try {
    sighting = await driver.lookUp(context);
  } catch (error) {
    if (error instanceof LeaseLostError) throw error;
    const message = redact(messageOf(error));
    sighting = {
      state: 'unreadable',
      reason: say('run.unreadable', { message }),
    };
  }
  if (sighting.state === 'unreadable') {
    return {
      event: 'lose',
      told: { reason: sighting.reason, unreadable: true },
    };
  }
  if (sighting.state !== 'absent') return landingOf(sighting, 'find');
  const { attempt } = context.effect;
  return attempt >= MOST_ATTEMPTS
    ? {
        event: 'fail',
        told: { reason: say('run.tried_too_often', { attempts: attempt }) },
      }
    : { event: 'miss', told: {} };
}

function landingOf(
  result: Exclude<EffectResult, { state: 'unknown' }>,
  done: 'succeed' | 'find',
): Landing {
  const { links, output } = result;
  if (result.state === 'done') {
    const { origin, note } = result;
    return { event: done, told: { links, output, origin, reason: note } };
  }
  const { reason, permanent, needsPerson } = result;
  return {
    event: 'fail',
    told: { links, output, reason, permanent, needsPerson },
  };
}
