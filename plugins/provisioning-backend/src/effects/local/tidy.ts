import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostParts } from '../../host/parts';
import type {
  EffectDriver,
  EffectRequest,
  EffectResult,
  Sighting,
} from '../driver';
import { isLocal } from './isLocal';

/** Stops a service and gives its port back: `service:remove`. */
export function serviceRemove({
  deployer,
  services,
  history,
}: HostParts): EffectDriver {
  return {
    types: ['service:remove'],
    makes: isLocal,
    place: 'local-host',
    async make({ request }): Promise<EffectResult> {
      await deployer?.remove(request.id);
      await history.cancel(request.id);
      await services.forget(request.id);
      return { state: 'done' };
    },
    async lookUp({ request }): Promise<Sighting> {
      return (await services.find(request.id))
        ? { state: 'absent' }
        : { state: 'done' };
    },
  };
}

/** Removes checkouts, documents, builds, logs and passwords: `local:tidy`. */
export function localTidy(parts: HostParts): EffectDriver {
  const { deployer, builds, history, access, entities, options } = parts;

  async function tidy(request: EffectRequest) {
    await deployer?.remove(request.id);
    await entities.removeCheckouts(request.id);
    await access.revoke(request.id);
    await history.forget(request.id);
    if (options.documentsDirectory) {
      await removeDocuments(options.documentsDirectory, request);
    }
    // Last: it says that the rest is done.
    await builds.forget(request.id);
  }

  return {
    types: ['local:tidy'],
    makes: isLocal,
    place: 'local-host',
    async make({ request }): Promise<EffectResult> {
      await tidy(request);
      return { state: 'done' };
    },
    // Removing what is gone is nothing: it is done again.
    async lookUp(): Promise<Sighting> {
      return { state: 'absent' };
    },
  };
}

/**
 * TechDocs keeps them as namespace, kind and name. Names of services lead nowhere
 * by themselves; what leads elsewhere by a link is somebody else's, and stays.
 */
async function removeDocuments(
  directory: string,
  { namespace, name }: EffectRequest,
) {
  for (const kind of ['component', 'api']) {
    const parent = join(directory, namespace, kind);
    const found = await realpath(parent).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    const expected = found && join(await realpath(directory), namespace, kind);
    if (found === undefined || found !== expected) continue;
    await rm(join(found, name), { recursive: true, force: true });
  }
}
