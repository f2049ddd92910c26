import {
  columnsOf,
  insertRows,
  isPostgres,
  type Table,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

type Row = Record<string, string | number | boolean | null>;

/** The part of node-postgres's connection that COPY needs. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** The part of a pooled pg client that COPY needs. */
interface CopyClient {
  query(submittable: CopyIn): void;
}

/**
 * One `COPY … FROM STDIN` as node-postgres takes custom queries: it calls
 * `submit`, then a handler per message of the server.
 */
class CopyIn {
  #failure: Error | undefined;

  constructor(
    private readonly text: string,
    private readonly data: Buffer,
    private readonly settle: (error?: Error) => void,
  ) {}

  submit(connection: CopyConnection): void {
    connection.query(this.text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.data);
    connection.endCopyFrom();
  }

  handleError(error: Error): void {
    this.#failure = error;
    this.settle(error);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    if (!this.#failure) this.settle();
  }
}

/** Rows of one table on their way into the database, written in large pieces. */
export class BulkWriter {
  #waiting: Row[] = [];
  written = 0;

  constructor(
    private readonly db: Knex,
    private readonly table: Table,
    private readonly pieces = 20_000,
  ) {}

  async add(rows: Iterable<object>): Promise<void> {
    for (const row of rows) this.#waiting.push(row as Row);
    if (this.#waiting.length >= this.pieces) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    if (rows.length === 0) return;
    if (isPostgres(this.db)) await this.#copy(rows);
    else {
      for (let start = 0; start < rows.length; start += 2_000) {
        await insertRows(this.db, this.table, rows.slice(start, start + 2_000));
      }
    }
    this.written += rows.length;
  }

  async #copy(rows: readonly Row[]): Promise<void> {
    const names = columnsOf(this.table);
    const lines = rows.map(row =>
      names.map(name => cell(row[name])).join('\t'),
    );
    const data = Buffer.from(`${lines.join('\n')}\n`);
    const text = `copy ${this.table.name} (${names.join(', ')}) from stdin`;
    const client: CopyClient = await this.db.client.acquireConnection();
    try {
      await new Promise<void>((resolve, reject) => {
        client.query(
          new CopyIn(text, data, error => (error ? reject(error) : resolve())),
        );
      });
    } finally {
      await this.db.client.releaseConnection(client);
    }
  }
}

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  const text = String(value);
  return /[\\\t\n\r]/.test(text)
    ? text
        .replaceAll('\\', '\\\\')
        .replaceAll('\t', '\\t')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
    : text;
}
