import type { Knex } from 'knex';
import type { EffectContext, EffectDriver } from '../effects/driver';
import { sha256 } from '../store/bundles';
import { serviceEventOf } from '../store/events';
import { tellLater } from '../store/outbox';

/** Tells others that a service is retired: once, whatever happens meanwhile. */
export function retireDriver(db: Knex, now: () => number): EffectDriver {
  const idOf = ({ effect }: EffectContext) =>
    sha256(effect.marker).slice(0, 36);
  return {
    types: ['events:retire'],
    place: 'anywhere',
    makes: () => true,
    async make(context) {
      context.beforeCall();
      await tellLater(
        db,
        'provisioning.service.retired',
        serviceEventOf(context.request, now()),
        now(),
        idOf(context),
      );
      return { state: 'done' };
    },
    async lookUp(context) {
      const told = await db('outbox').where('id', idOf(context)).first('id');
      return told ? { state: 'done' } : { state: 'absent' };
    },
  };
}
