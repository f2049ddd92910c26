import { OWN_BRANCH_PREFIX } from '@fawkes/backstage-plugin-provisioning-common';
import type { HostParts } from '../../host/parts';
import { deleteBranch, deleteRepository, tipsBelow } from '../../local';
import type { EffectDriver, EffectResult, Sighting } from '../driver';
import { isLocal } from './isLocal';

/** Deletes a repository of ours; all its branches go into the attic first: `repo:remove`. */
export function repoRemove(parts: HostParts): EffectDriver {
  const { repositories, remote, attic, access, proposals } = parts;
  return {
    types: ['repo:remove'],
    makes: isLocal,
    place: 'local-host',

    async make({ request, signal, beforeCall }): Promise<EffectResult> {
      const row = await repositories.byRequest(request.id);
      if (!row) return { state: 'done' };
      const directory = repositories.directoryOf(row);
      await access.revoke(request.id);
      if (await repositories.isThere(row)) {
        await remote.leave(directory);
        await attic.keep(request.id, request.name, directory, signal);
        beforeCall();
        await deleteRepository(directory);
      }
      await proposals.forget(request.id);
      await repositories.forget(row);
      return { state: 'done' };
    },

    async lookUp({ request }): Promise<Sighting> {
      const row = await repositories.byRequest(request.id);
      return { state: row ? 'absent' : 'done' };
    },
  };
}

/** Lets a repository go that was there before: our branches leave it: `repo:release`. */
export function repoRelease(parts: HostParts): EffectDriver {
  const { repositories, access, proposals } = parts;
  return {
    types: ['repo:release'],
    makes: isLocal,
    place: 'local-host',

    async make({ request, beforeCall }): Promise<EffectResult> {
      const row = await repositories.byRequest(request.id);
      if (!row) return { state: 'done' };
      await access.revoke(request.id);
      if (await repositories.isThere(row)) {
        const directory = repositories.directoryOf(row);
        beforeCall();
        for (const [branch, tip] of await tipsBelow(
          directory,
          OWN_BRANCH_PREFIX,
        )) {
          await deleteBranch(directory, branch, tip);
        }
      }
      await proposals.forget(request.id);
      await repositories.update(row, {
        request_id: null,
        in_catalog: false,
        written_commit: null,
        written_revision: null,
      });
      return { state: 'done' };
    },

    async lookUp({ request }): Promise<Sighting> {
      const row = await repositories.byRequest(request.id);
      return { state: row ? 'absent' : 'done' };
    },
  };
}
