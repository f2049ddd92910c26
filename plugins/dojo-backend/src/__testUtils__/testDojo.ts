import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  fakeDelivery,
  type FakeDelivery,
} from '@fawkes/backstage-plugin-delivery-node/testUtils';
import {
  fakeProvisioning,
  type FakeProvisioning,
} from '@fawkes/backstage-plugin-provisioning-node/testUtils';
import { startFamilyBackend } from '@fawkes/kit-backend-test';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { dojoPlugin } from '../plugin';

/** The curriculum that comes with the suite. */
export const OURS = join(__dirname, '..', '..', '..', '..', 'curriculum');

/** Writes files into a folder of the test. */
export async function folderOf(files: Iterable<[string, string]>) {
  const folder = await mkdtemp(join(tmpdir(), 'dojo-test-'));
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The dojo behind HTTP, with a curriculum that has arrived. */
export async function startDojo(
  db: Knex,
  targets: string[] = [OURS],
  {
    catalog = catalogServiceMock({ entities: [] }),
    delivery = fakeDelivery(),
    provisioning = fakeProvisioning(),
    features = [],
    config = {},
  }: {
    catalog?: Partial<CatalogService>;
    delivery?: FakeDelivery;
    provisioning?: FakeProvisioning;
    features?: BackendFeature[];
    config?: JsonObject;
  } = {},
) {
  const backend = await startFamilyBackend({
    pluginId: 'dojo',
    plugin: dojoPlugin,
    db,
    catalog,
    features: [delivery.factory, provisioning.factory, ...features],
    config: {
      dojo: {
        ...config,
        sources: targets.map((target, index) => ({
          id: `source-${index}`,
          type: 'file',
          target,
          owner: 'group:default/platform',
        })),
      },
    },
  });
  const refresh = async () => {
    const before = Date.now();
    await backend.scheduler.triggerTask('dojo-sources');
    for (;;) {
      const rows = await db('sources').select('checked_at');
      const seen = rows.length === targets.length;
      if (seen || Date.now() - before > 30_000) return;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  await refresh();
  return { ...backend, refresh };
}

/** The dojo in a test. */
export type TestDojo = Awaited<ReturnType<typeof startDojo>>;
/** Somebody who asks. */
export type Asker = TestDojo['me'];
