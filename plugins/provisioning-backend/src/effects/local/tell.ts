import type { HostParts } from '../../host/parts';
import { forOthers, serviceEvent } from '../../host/telling';
import { say } from '../../host/words';
import type {
  EffectDriver,
  EffectRequest,
  EffectResult,
  Sighting,
} from '../driver';
import { isLocal } from './isLocal';

/** How long the delivery plugin is waited for, in milliseconds, and how often looked. */
const PATIENCE = 10_000;
const EVERY = 50;

/**
 * Waits until what was written down for the delivery plugin is told: `events:tell`.
 * It is told anyway, also when this does not wait that long.
 */
export function eventsTell(parts: HostParts): EffectDriver {
  const { outbox, clock, nudge } = parts;
  return {
    types: ['events:tell'],
    makes: isLocal,
    place: 'local-host',

    async make({ request, signal }): Promise<EffectResult> {
      nudge();
      const until = clock.now() + PATIENCE;
      for (;;) {
        const waiting = await outbox.waiting(request.id);
        if (waiting.count === 0) return told(parts, request);
        if (waiting.said !== null || clock.now() >= until) {
          const said = waiting.said ?? `${waiting.count} wait`;
          return {
            state: 'done',
            origin: 'created',
            note: say('tell.away', { said: said.slice(0, 300) }),
          };
        }
        await clock.sleep(EVERY, signal);
      }
    },

    async lookUp({ request }): Promise<Sighting> {
      const { count } = await outbox.waiting(request.id);
      return count === 0 ? told(parts, request) : { state: 'absent' };
    },
  };
}

function told({ tellers }: HostParts, { spec }: EffectRequest) {
  const library = spec.type === 'library' ? say('tell.library') : undefined;
  const note = tellers.presence === 'absent' ? say('tell.absent') : library;
  return {
    state: 'done' as const,
    origin: 'created' as const,
    ...(note && { note }),
  };
}

/** Tells others that a service tells no more: `events:retire`. */
export function eventsRetire(parts: HostParts): EffectDriver {
  const { outbox, db, nudge, now } = parts;
  return {
    types: ['events:retire'],
    makes: isLocal,
    place: 'local-host',
    async make({ request }): Promise<EffectResult> {
      await outbox.put(db, [
        forOthers(
          request.id,
          'retired',
          'provisioning.service.retired',
          serviceEvent(request, now()),
        ),
      ]);
      nudge();
      return { state: 'done' };
    },
    // Written down twice, it is told once.
    async lookUp(): Promise<Sighting> {
      return { state: 'absent' };
    },
  };
}
