import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { EFFECT_TYPES } from '../../plugins/provisioning-common/src';
import type { EffectDriver } from '../../plugins/provisioning-node/src';

/** How long a thing takes before it is there, and its answer afterwards, ms. */
const TAKES_MS = 8;

/** Markers of everything that was ever made, in order; twice is twice. */
export function madeIn(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

/**
 * A world that outlives the processes that change it: a file of markers. A line is
 * written by one call of the system, so that a death comes before or after it.
 */
export function fileWorld(file: string): EffectDriver {
  return {
    types: EFFECT_TYPES,
    place: 'anywhere',
    makes: () => true,
    async make({ effect, beforeCall }) {
      await pause(Math.random() * TAKES_MS);
      beforeCall();
      appendFileSync(file, `${effect.marker}\n`);
      await pause(Math.random() * TAKES_MS);
      return { state: 'done' };
    },
    async lookUp({ effect }) {
      return madeIn(file).includes(effect.marker)
        ? { state: 'done' }
        : { state: 'absent' };
    },
  };
}
