import type { AuthService } from '@backstage/backend-plugin-api';
import { ANNOTATION_ORIGIN_LOCATION } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { later, LostWrite, needsPerson, Outage } from '../api/endings';
import {
  entriesOf,
  headOf,
  lookAt,
  ourRepository,
  textOf,
  whose,
  type GithubRepository,
} from '../api/look';
import { toldBy } from '../api/text';
import { say } from '../words';
import { done, type Look, type Parts } from './parts';

/** The catalog has it already. */
class Conflict extends Error {}

const FILE = 'catalog-info.yaml';
/** Since when an entity has lost its location. */
const ANNOTATION_ORPHAN = 'backstage.io/orphan';

/** How often the catalog is asked, and how far apart: a minute in all. */
const MOST_LOOKS = 30;
const BETWEEN_LOOKS = 2_000;
/** Turns that an effect of the catalog may take. */
export const CATALOG_TURNS = MOST_LOOKS + 10;

/** The catalog, as the portal itself. */
export interface Catalog {
  catalog: CatalogService;
  auth: AuthService;
}

/** The file in the repository is a location of the catalog, and the entity comes from it. */
export function ensureEntity(parts: Parts, { catalog, auth }: Catalog): Look {
  const { api, place, context } = parts;
  const entityRef = entityRefOf(context.request);
  let made: string | undefined;
  let looks = 0;
  return async () => {
    const { repository, created, ensured } = await ourRepository(
      api,
      place,
      context,
    );
    await refuseAbsent(parts, repository, ensured?.proposal);
    const target = targetOf(repository);
    const asked = await asking({ catalog, auth }, parts);
    const entity = await asked(using =>
      catalog.getEntityByRef(entityRef, using),
    );
    const origin = entity?.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
    if (origin !== undefined && origin !== `url:${target}`) {
      throw needsPerson(
        say('github.entity_elsewhere', {
          entity: entityRef,
          location: toldBy(origin),
        }),
      );
    }
    const location = await asked(using =>
      catalog.getLocationByRef(`url:${target}`, using),
    );
    if (!location) {
      // In the catalog from our file without a location of its own: a discovery brought it.
      if (origin !== undefined) {
        return done({
          origin: 'adopted',
          links: linksTo(entityRef),
          output: { entity: entityRef, target, location: null },
        });
      }
      const next = async () => {
        made = await register({ catalog, auth }, parts, target);
      };
      return { next };
    }
    if (origin === undefined) {
      if (++looks > MOST_LOOKS) {
        throw later(
          say('github.entity_unread', {
            entity: entityRef,
            target,
          }),
        );
      }
      const impatient = () =>
        say('github.entity_unread', { entity: entityRef, target });
      return { next: () => api.pause(BETWEEN_LOOKS, impatient) };
    }
    // After a crash nobody remembers: in a repository that we made it was us.
    const ours = made === location.id || created;
    return done({
      origin: ours ? 'created' : 'adopted',
      links: linksTo(entityRef),
      output: {
        entity: entityRef,
        target,
        location: ours ? location.id : null,
      },
    });
  };
}

/** Takes the location out that we made, and waits until the entity has left. */
export function removeEntity(parts: Parts, { catalog, auth }: Catalog): Look {
  const { api, place, context } = parts;
  const entityRef = entityRefOf(context.request);
  let looks = 0;
  return async () => {
    const before = context.outputOf('catalog:entity:ensure');
    const target = before ? String(before.target) : await targetByMark(parts);
    const mine = before ? typeof before.location === 'string' : true;
    if (!target || !mine) return done();
    const asked = await asking({ catalog, auth }, parts);
    const location = await asked(using =>
      catalog.getLocationByRef(`url:${target}`, using),
    );
    if (location) {
      const { id } = location;
      return {
        next: () =>
          told({ catalog, auth }, parts, async using => {
            await catalog.removeLocationById(id, using);
            context.log(`Took ${target} out of the catalog`);
          }),
      };
    }
    const entity = await asked(using =>
      catalog.getEntityByRef(entityRef, using),
    );
    const annotations = entity?.metadata.annotations ?? {};
    if (annotations[ANNOTATION_ORIGIN_LOCATION] !== `url:${target}`) {
      return done();
    }
    const { uid } = entity!.metadata;
    if (annotations[ANNOTATION_ORPHAN] === 'true' && uid) {
      return {
        next: () =>
          told({ catalog, auth }, parts, using =>
            catalog.removeEntityByUid(uid, using),
          ),
      };
    }
    if (++looks > MOST_LOOKS) {
      throw later(say('github.entity_stays', { entity: entityRef }));
    }
    const impatient = () => say('github.entity_stays', { entity: entityRef });
    return { next: () => api.pause(BETWEEN_LOOKS, impatient) };
  };

  async function targetByMark({ api: ask }: Parts) {
    const looked = await lookAt(ask, place);
    if (looked.state === 'absent') return undefined;
    const ours = await whose(ask, place, context, looked);
    return ours?.created ? targetOf(ours.repository) : undefined;
  }
}

function linksTo(entityRef: string) {
  return [{ kind: 'component' as const, title: entityRef, target: entityRef }];
}

/** Where the catalog reads the file. */
function targetOf({ html_url: url, default_branch: branch }: GithubRepository) {
  return `${url}/blob/${branch}/${FILE}`;
}

async function refuseAbsent(
  { api, place }: Parts,
  { default_branch: branch }: GithubRepository,
  proposal: unknown,
): Promise<void> {
  const head = await headOf(api, place, branch);
  const entries = head ? await entriesOf(api, place, head.tree) : [];
  if (entries.some(({ path }) => path === FILE)) return;
  const params = { file: FILE, branch };
  throw typeof proposal === 'string'
    ? needsPerson(say('github.waits_for_merge', params), {
        links: [
          { kind: 'pull-request', title: textOf(place), target: proposal },
        ],
      })
    : needsPerson(say('github.file_missing', params));
}

async function register(
  { catalog, auth }: Catalog,
  parts: Parts,
  target: string,
): Promise<string | undefined> {
  try {
    return await told({ catalog, auth }, parts, async using => {
      const { location } = await catalog.addLocation(
        { type: 'url', target },
        using,
      );
      parts.context.log(`Registered ${target}`);
      return location.id;
    });
  } catch (error) {
    // Somebody was faster: the next look finds the same target, or refuses.
    if (error instanceof Conflict) return undefined;
    throw error;
  }
}

type Using = {
  credentials: Awaited<ReturnType<AuthService['getOwnServiceCredentials']>>;
};

/** Asks the catalog something, as the portal. */
async function asking({ auth }: Catalog, { context }: Parts) {
  const credentials = await auth.getOwnServiceCredentials();
  return async <T>(ask: (using: Using) => Promise<T>): Promise<T> => {
    context.beforeCall();
    context.signal.throwIfAborted();
    try {
      return await ask({ credentials });
    } catch (error) {
      throw new Outage(
        say('github.catalog_away', {
          message: toldBy((error as Error).message),
        }),
      );
    }
  };
}

/** Tells the catalog something. What it does not answer may have been done. */
async function told<T>(
  { auth }: Catalog,
  { context }: Parts,
  tell: (using: Using) => Promise<T>,
): Promise<T> {
  const credentials = await auth.getOwnServiceCredentials();
  context.beforeCall();
  context.signal.throwIfAborted();
  try {
    return await tell({ credentials });
  } catch (error) {
    const status = statusOf(error);
    const message = toldBy((error as Error).message);
    if (status === 409) throw new Conflict(message);
    // Gone: there is nothing left to remove.
    if (status === 404) return undefined as T;
    if (status !== undefined && status < 500) {
      throw needsPerson(say('github.catalog_refused', { message }));
    }
    throw new LostWrite(say('github.catalog_away', { message }));
  }
}

function statusOf(error: unknown): number | undefined {
  const { statusCode, name } = error as { statusCode?: number; name?: string };
  if (typeof statusCode === 'number') return statusCode;
  if (name === 'ConflictError') return 409;
  return name === 'NotFoundError' ? 404 : undefined;
}
