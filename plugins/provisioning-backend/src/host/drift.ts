import type { DriftResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { driftWord } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { managedThings } from '@fawkes/backstage-plugin-provisioning-node';
import type { EffectRequest } from '../effects/driver';
import { tipOf } from '../local';
import { filesOf } from './observe';
import type { HostParts } from './parts';

/** Files by path, as far as they are compared. */
type Files = ReadonlyMap<string, { bytes: Uint8Array }>;

/** How main compares with what was last written and with what would be written now. */
export async function driftOf(
  { repositories, asks, now }: HostParts,
  request: EffectRequest,
): Promise<DriftResponse> {
  const asOf = new Date(now()).toISOString();
  const row = await repositories.byRequest(request.id);
  const from = request.spec.template.version;
  const base = row?.written_commit;
  const found =
    row &&
    base &&
    (await repositories.whileThere(row, async directory => {
      const main = await tipOf(directory);
      return {
        files: main && (await filesOf(directory, main)),
        before: await filesOf(directory, base),
      };
    }));
  const { files, before } = found || {};
  if (!files || !before) {
    const versions = { from, to: from };
    return {
      ...driftWord({ reachable: false, managed: [], versions }),
      asOf,
    };
  }
  const newest = await asks.newest?.(request);
  const drift = driftWord({
    reachable: true,
    versions: { from, to: newest?.version ?? from },
    managed: managedThings({
      written: bytesOf(before),
      wanted: newest
        ? new Map(newest.files.map(({ path, bytes }) => [path, bytes]))
        : bytesOf(before),
      found: bytesOf(files),
    }),
  });
  return { ...drift, asOf };
}

function bytesOf(files: Files): Map<string, Uint8Array> {
  return new Map([...files].map(([path, { bytes }]) => [path, bytes]));
}
