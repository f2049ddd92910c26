import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import { Random } from '../../bench/lib/random';
import { MOMENTS, type Moment } from './protocol';

/** How a process dies. */
export interface Death {
  type: EffectType;
  moment: Moment;
  withChildren: boolean;
}

/** A service that is made and taken down; the process dies once on each way. */
export interface Life {
  making: Death;
  ending: Death;
}

const MAKING: readonly EffectType[] = [
  'service:deploy',
  'repo:ensure',
  'service:build',
  'catalog:entity:ensure',
  'events:tell',
  'name:reserve',
];
const ENDING: readonly EffectType[] = [
  'repo:remove',
  'service:remove',
  'local:tidy',
  'catalog:entity:remove',
  'events:retire',
  'name:release',
];

/** Every moment of every effect, once alone and once with children. */
function deathsIn(types: readonly EffectType[]): Death[] {
  return MOMENTS.flatMap(moment =>
    [false, true].flatMap(withChildren =>
      types.map(type => ({ type, moment, withChildren })),
    ),
  );
}

/** So many lives; the first 36 are all there are, in an order that is the seed's. */
export function lives(count: number, seed: number): Life[] {
  const random = new Random(seed, 7);
  const order = deathsIn(MAKING).map((_, index) => index);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random.next() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  const [making, ending] = [deathsIn(MAKING), deathsIn(ENDING)];
  return Array.from({ length: count }, (_, index) => {
    const at = order[index % order.length];
    return { making: making[at], ending: ending[at] };
  });
}
