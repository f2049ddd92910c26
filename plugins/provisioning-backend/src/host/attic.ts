import type { AtticResponse } from '@fawkes/backstage-plugin-provisioning-common';
import { conflict } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleInto } from '../local';
import { say } from './words';
import { attic } from './store';

/** How long a bundle is kept, in milliseconds (30 days). */
export const KEPT_FOR = 30 * 86_400_000;

const MB = 1_000_000;
/** Largest bundle that is handed out: it is in memory twice, and then in an answer. */
const MOST_BYTES = 100 * MB;

/** Bundles of repositories that were deleted. */
export class Attic {
  constructor(
    private readonly db: Knex,
    private readonly directory: string,
    private readonly now: () => number,
  ) {}

  /** Keeps all of a repository; returns whether there was anything to keep. */
  async keep(
    requestId: string,
    name: string,
    repository: string,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const file = this.fileOf(requestId);
    if (!(await bundleInto(repository, file, signal))) return false;
    const { size } = await stat(file);
    await insertRows(
      this.db,
      attic,
      [
        {
          request_id: requestId,
          file_name: `${name}.bundle`,
          size,
          sha256: await sha256Of(file),
          kept_until: this.now() + KEPT_FOR,
        },
      ],
      { update: ['file_name', 'size', 'sha256', 'kept_until'] },
    );
    return true;
  }

  /** @throws ConflictError for one that is too large to be handed out */
  async find(requestId: string): Promise<AtticResponse | undefined> {
    const [row] = await select(
      this.db(attic.name)
        .where({ request_id: requestId })
        .where('kept_until', '>', this.now()),
      attic,
    );
    if (!row) return undefined;
    if (row.size > MOST_BYTES) {
      const words = say('attic.too_large', {
        megabytes: Math.ceil(row.size / MB),
        most: MOST_BYTES / MB,
        file: `${requestId}.bundle`,
      });
      throw conflict('NOT_AVAILABLE', words.text, { details: { words } });
    }
    const bytes = await readFile(this.fileOf(requestId)).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return (
      bytes && {
        fileName: row.file_name,
        size: row.size,
        sha256: row.sha256,
        keptUntil: new Date(row.kept_until).toISOString(),
        bytes: bytes.toString('base64'),
      }
    );
  }

  /** Throws away what was kept long enough. */
  async forget(): Promise<void> {
    const over = await select(
      this.db(attic.name).where('kept_until', '<=', this.now()),
      attic,
      'request_id',
    );
    for (const { request_id } of over) {
      await rm(this.fileOf(request_id), { force: true });
      await this.db(attic.name).where({ request_id }).delete();
    }
  }

  private fileOf(requestId: string): string {
    return join(this.directory, 'attic', `${requestId}.bundle`);
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
