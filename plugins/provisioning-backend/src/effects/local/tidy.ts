import { rm } from 'node:fs/promises';
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

/** TechDocs keeps them as namespace, kind and name. */
async function removeDocuments(
  directory: string,
  { namespace, name }: EffectRequest,
) {
  for (const kind of ['component', 'api']) {
    await rm(join(directory, namespace, kind, name), {
      recursive: true,
      force: true,
    });
  }
}
