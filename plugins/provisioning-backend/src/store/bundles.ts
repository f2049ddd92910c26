import { createHash } from 'node:crypto';
import {
  bundleDigestOf,
  type RenderedFile,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { read, written } from './json';
import { tables } from './tables';

interface KeptFile {
  path: string;
  mode: RenderedFile['mode'];
  bytes: string;
}

/** SHA-256 as lower-case hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function add(a: number, b: number): number {
  return a + b;
}

/** Keeps a rendered tree by its digest; what is there already stays. */
export async function keepBundle(
  db: Knex,
  digest: string,
  files: readonly RenderedFile[],
  now: number,
): Promise<void> {
  const kept = files.map(
    ({ path, mode, bytes }): KeptFile => ({
      path,
      mode,
      bytes: Buffer.from(bytes).toString('base64'),
    }),
  );
  await insertRows(
    db,
    tables.bundles,
    [
      {
        digest,
        files: written(kept),
        size: files.map(({ bytes }) => bytes.length).reduce(add, 0),
        kept_at: now,
      },
    ],
    'keep',
  );
}

/**
 * A kept tree.
 *
 * @throws Error when it is not there, or no longer what its digest says
 */
export async function keptBundle(
  db: Knex,
  digest: string,
): Promise<RenderedFile[]> {
  const row = await db('bundles').where({ digest }).first('files');
  if (!row) throw new Error(`The bundle ${digest} is not kept any more`);
  const files = read<KeptFile[]>(row.files).map(({ path, mode, bytes }) => ({
    path,
    mode,
    bytes: new Uint8Array(Buffer.from(bytes, 'base64')),
  }));
  const found = bundleDigestOf(
    files.map(({ path, mode, bytes }) => ({
      path,
      mode,
      sha256: sha256(bytes),
    })),
    sha256,
  );
  if (found !== digest) {
    throw new Error(`The bundle ${digest} is kept as something else`);
  }
  return files;
}
