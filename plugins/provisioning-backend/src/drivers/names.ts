import type { EffectDriver } from '../effects/driver';

/**
 * A name is reserved by the row of its request, and free again with the end of
 * its destroy: what is left to do is nothing, and it is done as often as asked.
 */
export const nameDriver: EffectDriver = {
  types: ['name:reserve', 'name:release'],
  place: 'anywhere',
  makes: () => true,
  make: async () => ({ state: 'done' }),
  lookUp: async () => ({ state: 'done' }),
};
