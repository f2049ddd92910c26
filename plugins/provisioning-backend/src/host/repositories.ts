import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createRepository } from '../local';
import { repositories, type RepositoryRow } from './store';

/** Which repository: the key of its request. */
export interface RepositoryKey {
  namespace: string;
  name: string;
}

/** Repositories of this computer: rows that say which there are, and folders named by them. */
export class Repositories {
  constructor(
    private readonly db: Knex,
    private readonly directory: string,
    private readonly now: () => number,
  ) {}

  /** Folder of all of them. */
  get root(): string {
    return join(this.directory, 'repositories');
  }

  directoryOf({ id }: Pick<RepositoryRow, 'id'>): string {
    return join(this.root, `${id}.git`);
  }

  /** Folder for what is made on the way. */
  get workDirectory(): string {
    return join(this.directory, 'work');
  }

  byId(id: string): Promise<RepositoryRow | undefined> {
    return this.first({ id });
  }

  byRequest(requestId: string): Promise<RepositoryRow | undefined> {
    return this.first({ request_id: requestId });
  }

  byKey({ namespace, name }: RepositoryKey) {
    return this.first({ namespace, name });
  }

  /** By the name in its address, `namespace/name`. */
  async byAddress(address: string): Promise<RepositoryRow | undefined> {
    const [namespace, name, ...rest] = address.split('/');
    return name && rest.length === 0
      ? this.byKey({ namespace, name })
      : undefined;
  }

  all(): Promise<RepositoryRow[]> {
    return select(
      this.db(repositories.name).whereNotNull('request_id').orderBy('id'),
      repositories,
    );
  }

  /**
   * Takes the repository of a key for a request: makes the row where there is
   * none, adopts one that a request let go.
   *
   * @returns the row; it may be another request's
   */
  async take(requestId: string, key: RepositoryKey): Promise<RepositoryRow> {
    await insertRows(
      this.db,
      { ...repositories, keys: ['namespace', 'name'] },
      [
        {
          id: requestId,
          request_id: requestId,
          namespace: key.namespace,
          name: key.name,
          origin: 'created',
          made_at: null,
          told_main: null,
          read_main: null,
          written_revision: null,
          written_commit: null,
          in_catalog: false,
        },
      ],
      'keep',
    );
    await this.db(repositories.name)
      .where({ namespace: key.namespace, name: key.name })
      .whereNull('request_id')
      .update({ request_id: requestId, origin: 'adopted' });
    return (await this.byKey(key))!;
  }

  /** Makes its folder; one that was made before and is not there any more stays gone. */
  async make(row: RepositoryRow): Promise<void> {
    if (row.made_at !== null) return;
    await createRepository(this.directoryOf(row));
    await this.update(row, { made_at: this.now() });
  }

  /** Whether its folder is there. */
  async isThere(row: RepositoryRow): Promise<boolean> {
    if (row.made_at === null) return false;
    return access(this.directoryOf(row)).then(
      () => true,
      () => false,
    );
  }

  /**
   * Looks into it. It may be taken down while somebody looks: what went wrong then
   * is no fault of whatever was asked.
   *
   * @returns undefined where it is not there, or no longer
   */
  async whileThere<T>(
    row: RepositoryRow,
    look: (directory: string) => Promise<T>,
  ): Promise<T | undefined> {
    if (!(await this.isThere(row))) return undefined;
    try {
      return await look(this.directoryOf(row));
    } catch (error) {
      if (await this.isThere(row)) throw error;
      return undefined;
    }
  }

  async update(
    { id }: Pick<RepositoryRow, 'id'>,
    change: Partial<RepositoryRow>,
    db: Knex = this.db,
  ): Promise<void> {
    await db(repositories.name).where({ id }).update(change);
  }

  async forget({ id }: Pick<RepositoryRow, 'id'>): Promise<void> {
    await this.db(repositories.name).where({ id }).delete();
  }

  private async first(
    where: Partial<RepositoryRow>,
  ): Promise<RepositoryRow | undefined> {
    const [row] = await select(
      this.db(repositories.name).where(where),
      repositories,
    );
    return row;
  }
}
