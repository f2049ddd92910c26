import type { Said } from '@fawkes/kit-contract';
import type { EffectType, NormalSpec } from '../contract';
import { namesOf } from './planEffects';
import type { RequestKey } from './repository';
import { say, type WordCode } from './words';

const NOUNS: Partial<Record<EffectType, WordCode>> = {
  'name:reserve': 'thing.name',
  'repo:ensure': 'thing.repository',
  'repo:protect': 'thing.protection',
  'ci:ensure': 'thing.pipeline',
  'catalog:entity:ensure': 'thing.entity',
  'service:build': 'thing.build',
  'service:deploy': 'thing.service',
  'events:tell': 'thing.told',
};

/**
 * What an effect leaves, as a noun: its title says what is done, and reads wrong
 * once it is there.
 *
 * @throws TypeError for an effect that leaves nothing of its own
 * @public
 */
export function thingTitle(
  type: EffectType,
  key: Pick<RequestKey, 'namespace' | 'name'>,
  spec: Pick<NormalSpec, 'repository'>,
): Said {
  const noun = NOUNS[type];
  if (!noun) throw new TypeError(`'${type}' leaves nothing of its own`);
  return say(noun, namesOf(key, spec));
}
