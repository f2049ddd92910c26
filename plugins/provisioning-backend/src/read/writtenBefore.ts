import type {
  EffectRequest,
  WrittenBefore,
} from '@fawkes/backstage-plugin-provisioning-node';
import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import type { Core } from '../core';
import { outputsOf } from '../runner/driveRun';
import { keptBundle } from '../store/bundles';
import { read } from '../store/json';
import { effectsOf } from '../store/requests';
import { newestOf } from '../templates/newest';

/** What is known of what was written for a request. */
export async function writtenBefore(
  { db, templates }: Pick<Core, 'db' | 'templates'>,
  request: EffectRequest,
): Promise<WrittenBefore> {
  const outputs = outputsOf(await effectsOf(db, request.id));
  return {
    newest: newestOf(templates, request),
    outputOf: type => outputs.get(type),
    async written(bundleDigest = request.bundleDigest) {
      const revision = await db('revisions')
        .where({ request_id: request.id, bundle_digest: bundleDigest })
        .orderBy('revision', 'desc')
        .first('normal');
      const kept = await db('bundles')
        .where('digest', bundleDigest)
        .first('digest');
      if (!revision || !kept) return undefined;
      const { template } = read<NormalSpec>(revision.normal);
      const files = await keptBundle(db, bundleDigest);
      return { version: template.version, files };
    },
  };
}
