import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { isAway } from '@fawkes/kit-backend/http';
import type { HostParts } from '../../host/parts';
import { say } from '../../host/words';
import { tipOf } from '../../local';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
  Sighting,
} from '../driver';
import { isLocal } from './isLocal';

/** How long the catalog is waited for, in milliseconds, and how often it is asked. */
const PATIENCE = 60_000;
const EVERY = 500;

/** Has the catalog told of what the repository says: `catalog:entity:ensure`. */
export function entityEnsure(parts: HostParts): EffectDriver {
  const { repositories, entities } = parts;
  return {
    types: ['catalog:entity:ensure'],
    makes: isLocal,
    place: 'local-host',

    async make(context): Promise<EffectResult> {
      const { request } = context;
      const row = await repositories.byRequest(request.id);
      const commit =
        row &&
        (await repositories.isThere(row)) &&
        (await tipOf(repositories.directoryOf(row)));
      if (!row || !commit) {
        return { state: 'failed', needsPerson: true, reason: say('repo.gone') };
      }
      const { findings } = await entities.read(request, row, commit);
      if (!(await entities.has(request.id))) {
        return { state: 'failed', permanent: true, reason: findings[0] };
      }
      await appeared(parts, context);
      return resultOf(request, commit);
    },

    async lookUp({ request }): Promise<Sighting> {
      const row = await repositories.byRequest(request.id);
      return row?.read_main && (await entities.has(request.id))
        ? resultOf(request, row.read_main)
        : { state: 'absent' };
    },
  };
}

/** Waits until the catalog has it, where somebody can say. */
async function appeared(
  { options, clock }: HostParts,
  { request, signal, beforeCall, log }: EffectContext,
) {
  const { inCatalog } = options;
  if (!inCatalog) return;
  const ref = entityRefOf(request);
  const until = clock.now() + PATIENCE;
  for (;;) {
    beforeCall();
    if (await isThere(() => inCatalog(ref, request.id), log)) return;
    if (clock.now() >= until) break;
    await clock.sleep(EVERY, signal);
  }
  log(
    `The catalog does not have ${ref} after a minute; it is told again on its own, if the backend has the catalog's module for provisioning`,
  );
}

/** A catalog that is away has no opinion: it is asked again. */
async function isThere(
  ask: () => Promise<boolean>,
  log: EffectContext['log'],
): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (!isAway(error)) throw error;
    log('The catalog is away at the moment; it is asked again');
    return false;
  }
}

function resultOf(request: EffectContext['request'], commit: string) {
  const target = entityRefOf(request);
  return {
    state: 'done' as const,
    origin: 'created' as const,
    links: [{ kind: 'component' as const, title: request.name, target }],
    output: { entityRef: target, commit },
  };
}

/** Takes the entities out of the catalog: `catalog:entity:remove`. */
export function entityRemove({ entities }: HostParts): EffectDriver {
  return {
    types: ['catalog:entity:remove'],
    makes: isLocal,
    place: 'local-host',
    async make({ request }): Promise<EffectResult> {
      await entities.remove(request);
      return { state: 'done' };
    },
    async lookUp({ request }): Promise<Sighting> {
      return (await entities.has(request.id))
        ? { state: 'absent' }
        : { state: 'done' };
    },
  };
}
