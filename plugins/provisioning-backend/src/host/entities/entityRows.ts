import type { Entity } from '@backstage/catalog-model';
import { insertRows, inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Said } from '@fawkes/kit-contract';
import type { Outbox } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EffectRequest } from '../../effects/driver';
import type { LocalHostAsks } from '../../effects/localHost';
import { checkOut, CheckoutRefused, readFileAt } from '../../local';
import type { Repositories } from '../repositories';
import {
  entities,
  findings,
  repositories as repositoriesTable,
  type RepositoryRow,
} from '../store';
import { forOthers, serviceEvent } from '../telling';
import { say } from '../words';
import {
  CATALOG_INFO,
  MOST_CATALOG_INFO,
  MOST_TEXT,
  readCatalogInfo,
  type HeldKind,
  type ReadCatalogInfo,
} from './readCatalogInfo';

/** What the catalog is told of one entity. */
export interface ToldEntity {
  requestId: string;
  kind: HeldKind;
  entity: Entity;
}

/** What the rows of entities are kept with. */
export interface EntityRowsOptions {
  db: Knex;
  /** Folder for checkouts. */
  directory: string;
  repositories: Repositories;
  outbox: Outbox;
  asks: Pick<LocalHostAsks, 'requestOf' | 'changed'>;
  nudge(): void;
  now(): number;
}

const MANAGED_BY = 'backstage.io/managed-by-location';
const MANAGED_BY_ORIGIN = 'backstage.io/managed-by-origin-location';

/** What the catalog is told of the repositories of this computer. */
export class EntityRows {
  constructor(private readonly options: EntityRowsOptions) {}

  /** Reads main of a repository and keeps what it says, if the catalog is to be told. */
  readonly onMain = async (
    row: RepositoryRow,
    commit: string,
  ): Promise<void> => {
    const request = await this.options.asks.requestOf(row.request_id!);
    if (!request || !row.in_catalog) return;
    await this.read(request, row, commit);
  };

  /** Reads a commit; what is refused keeps what was emitted last. */
  async read(
    request: EffectRequest,
    row: RepositoryRow,
    commit: string,
  ): Promise<ReadCatalogInfo> {
    const { db, outbox, repositories, asks, nudge, now } = this.options;
    const directory = repositories.directoryOf(row);
    const read = await readMain(directory, commit, request);
    const home = await this.checkOut(request.id, directory, commit);
    if (home.refused) read.findings.push(home.refused);
    const kinds = Object.keys(read.entities) as HeldKind[];
    await inTransaction(db, async tx => {
      await insertRows(
        tx,
        entities,
        kinds.map(kind => ({
          request_id: request.id,
          kind,
          commit_sha: commit,
          entity: JSON.stringify(read.entities[kind]),
        })),
        { update: ['commit_sha', 'entity'] },
      );
      // What the file does not speak of any more leaves; what is refused stays.
      if (read.findings.length === 0) {
        await tx(entities.name)
          .where({ request_id: request.id })
          .whereNotIn('kind', kinds)
          .delete();
      }
      await tx(findings.name).where({ request_id: request.id }).delete();
      await insertRows(
        tx,
        findings,
        read.findings.map((words, number) => ({
          request_id: request.id,
          number,
          words: JSON.stringify(words),
        })),
      );
      await repositories.update(
        row,
        { in_catalog: true, read_main: commit },
        tx,
      );
      await outbox.put(tx, [
        forOthers(
          request.id,
          `described/${commit}/${randomUUID()}`,
          'provisioning.service.described',
          serviceEvent(request, now()),
        ),
      ]);
    });
    await this.removeOldCheckouts(request.id, commit);
    nudge();
    asks.changed(request.id);
    return read;
  }

  /** Takes the entities of a request out. */
  async remove(request: EffectRequest): Promise<void> {
    const { db, outbox, nudge, now } = this.options;
    await inTransaction(db, async tx => {
      for (const table of [entities, findings]) {
        await tx(table.name).where({ request_id: request.id }).delete();
      }
      await tx(repositoriesTable.name)
        .where({ request_id: request.id })
        .update({ in_catalog: false, read_main: null });
      await outbox.put(tx, [
        forOthers(
          request.id,
          `described/none/${randomUUID()}`,
          'provisioning.service.described',
          serviceEvent(request, now()),
        ),
      ]);
    });
    nudge();
  }

  /** A page of all entities, by request. */
  async page(asked: { after?: string; limit: number }): Promise<ToldEntity[]> {
    const { db } = this.options;
    const rows = await select(
      db(entities.name)
        .where(query => {
          if (asked.after === undefined) return;
          const [requestId, kind = ''] = asked.after.split('/');
          query
            .where('request_id', '>', requestId)
            .orWhere(same =>
              same.where('request_id', requestId).where('kind', '>', kind),
            );
        })
        .orderBy(['request_id', 'kind'])
        .limit(asked.limit),
      entities,
    );
    return rows.map(({ request_id, kind, commit_sha, entity }) => ({
      requestId: request_id,
      kind,
      entity: this.located(
        JSON.parse(entity) as Entity,
        request_id,
        commit_sha,
      ),
    }));
  }

  /** Whether anything of a request is told. */
  async has(requestId: string): Promise<boolean> {
    const rows = await select(
      this.options.db(entities.name).where({ request_id: requestId }).limit(1),
      entities,
      'kind',
    );
    return rows.length > 0;
  }

  async findingsOf(requestId: string): Promise<Said[]> {
    const rows = await select(
      this.options
        .db(findings.name)
        .where({ request_id: requestId })
        .orderBy('number'),
      findings,
    );
    return rows.map(({ words }) => JSON.parse(words) as Said);
  }

  /** Removes the checkouts of a request. */
  async removeCheckouts(requestId: string): Promise<void> {
    await removeReadOnly(this.folderOf(requestId));
  }

  /** TechDocs finds the documents beside the file an entity is managed by. */
  private located(entity: Entity, requestId: string, commit: string): Entity {
    const file = join(this.folderOf(requestId), commit, CATALOG_INFO);
    return {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...entity.metadata.annotations,
          [MANAGED_BY]: `file:${file}`,
          [MANAGED_BY_ORIGIN]: `file:${file}`,
        },
      },
    };
  }

  private folderOf(requestId: string): string {
    return join(this.options.directory, 'checkouts', requestId);
  }

  /** A checkout that nobody writes to; whole once it is there. */
  private async checkOut(
    requestId: string,
    directory: string,
    commit: string,
  ): Promise<{ refused?: Said }> {
    const folder = this.folderOf(requestId);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const target = join(folder, commit);
    if ((await readdir(folder)).includes(commit)) return {};
    const unfinished = `${target}.new`;
    await removeReadOnly(unfinished);
    try {
      await checkOut(directory, commit, unfinished);
    } catch (error) {
      if (!(error instanceof CheckoutRefused)) throw error;
      await removeReadOnly(unfinished);
      return {
        refused: say('entity.unreadable', {
          path: '.',
          message: error.message,
        }),
      };
    }
    await setModes(unfinished, 0o555, 0o444);
    // A folder that may not be written to cannot be renamed by its owner everywhere.
    await chmod(unfinished, 0o755);
    await rename(unfinished, target);
    await chmod(target, 0o555);
    return {};
  }

  private async removeOldCheckouts(requestId: string, commit: string) {
    const { db } = this.options;
    const rows = await select(
      db(entities.name).where({ request_id: requestId }),
      entities,
      'commit_sha',
    );
    const used = new Set([commit, ...rows.map(row => row.commit_sha)]);
    const folder = this.folderOf(requestId);
    for (const name of await readdir(folder)) {
      if (!used.has(name)) await removeReadOnly(join(folder, name));
    }
  }
}

/** Reads `catalog-info.yaml` of a commit; regular files of that commit only. */
async function readMain(
  directory: string,
  commit: string,
  request: EffectRequest,
): Promise<ReadCatalogInfo> {
  const file = await readFileAt(
    directory,
    commit,
    CATALOG_INFO,
    MOST_CATALOG_INFO,
  );
  if (typeof file === 'string') {
    return { entities: {}, findings: [faultWords(file, commit)] };
  }
  const { id, namespace, name, owner, practice } = request;
  return readCatalogInfo(
    file.bytes.toString('utf8'),
    { requestId: id, namespace, name, owner, practice },
    async path => {
      const text = await readFileAt(directory, commit, path, MOST_TEXT);
      return typeof text === 'string'
        ? text
        : { text: text.bytes.toString('utf8') };
    },
  );
}

function faultWords(
  fault: 'absent' | 'not-a-file' | 'too-large',
  commit: string,
): Said {
  const path = CATALOG_INFO;
  if (fault === 'absent') {
    return say('entity.missing', { path, commit: commit.slice(0, 12) });
  }
  return fault === 'too-large'
    ? say('entity.too_large', { path, most: MOST_CATALOG_INFO / 1024 })
    : say('entity.not_a_file', { path });
}

async function setModes(folder: string, ofFolder: number, ofFile: number) {
  const entries = await readdir(folder, {
    withFileTypes: true,
    recursive: true,
  });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) await chmod(path, ofFile);
    else if (entry.isDirectory()) await chmod(path, ofFolder);
  }
  await chmod(folder, ofFolder);
}

/** Removes a folder that nobody may write to. */
async function removeReadOnly(folder: string): Promise<void> {
  const there = await chmod(folder, 0o755).then(
    () => true,
    () => false,
  );
  if (!there) return;
  const entries = await readdir(folder, {
    withFileTypes: true,
    recursive: true,
  });
  for (const entry of entries) {
    if (entry.isDirectory()) {
      await chmod(join(entry.parentPath, entry.name), 0o755);
    }
  }
  await rm(folder, { recursive: true, force: true });
}
