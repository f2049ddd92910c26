import { setTimeout as pause } from 'node:timers/promises';
import type { AuthService } from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
} from '../effects/driver';
import { say } from '../words';

/** How long the catalog is waited for, ms. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 1_000;

const done = { state: 'done' } as const;
const notYet = say('catalog.not_yet');

/** What telling the catalog needs. */
export interface CatalogDriverOptions {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  /** How long the catalog is waited for, ms. */
  patienceMs?: number;
}

type Found = 'ours' | 'absent' | { other: string };

/**
 * Entities of services on this computer. The ledger itself is what the catalog is
 * told, see `GET /entities`: written down as sent, an entity is emitted; here it
 * is waited for.
 */
export function catalogDriver(options: CatalogDriverOptions): EffectDriver {
  const { auth, catalog, patienceMs = PATIENCE_MS } = options;

  const look = async ({ request }: EffectContext): Promise<Found> => {
    const entity = await catalog.getEntityByRef(entityRefOf(request), {
      credentials: await auth.getOwnServiceCredentials(),
    });
    return foundIn(entity, request.id);
  };
  /** Until it is as wished, or somebody else's, or patience ends. */
  const waitFor = async (
    context: EffectContext,
    wished: 'ours' | 'absent',
  ): Promise<Found> => {
    const end = Date.now() + patienceMs;
    for (;;) {
      context.beforeCall();
      const found = await look(context);
      if (found === wished || typeof found === 'object') return found;
      if (Date.now() >= end) return found;
      await pause(LOOK_MS, undefined, { signal: context.signal });
    }
  };

  return {
    types: ['catalog:entity:ensure', 'catalog:entity:remove'],
    place: 'anywhere',
    makes: request => request.spec.repository.host === 'local',
    async make(context) {
      if (context.effect.type === 'catalog:entity:remove') {
        const left = await waitFor(context, 'absent');
        return left === 'ours' ? { state: 'done', note: notYet } : done;
      }
      const found = await waitFor(context, 'ours');
      if (typeof found === 'object') return taken(context, found.other);
      return {
        ...there(context),
        ...(found === 'absent' && { note: notYet }),
      };
    },
    async lookUp(context) {
      const found = await look(context);
      if (context.effect.type === 'catalog:entity:remove') {
        return found === 'ours' ? { state: 'absent' } : done;
      }
      return found === 'ours' ? there(context) : { state: 'absent' };
    },
  };
}

function there({ request }: EffectContext) {
  const target = entityRefOf(request);
  return {
    state: 'done' as const,
    origin: 'created' as const,
    links: [{ kind: 'component' as const, title: request.name, target }],
  };
}

function taken({ request }: EffectContext, location: string): EffectResult {
  const entity = entityRefOf(request);
  return {
    state: 'failed',
    permanent: true,
    reason: say('catalog.other', { entity, location }),
  };
}

function foundIn(entity: Entity | undefined, requestId: string): Found {
  if (!entity) return 'absent';
  const annotations = entity.metadata.annotations ?? {};
  return annotations[ANNOTATION_PROVISIONING_REQUEST] === requestId
    ? 'ours'
    : { other: annotations[ANNOTATION_LOCATION] ?? '–' };
}
