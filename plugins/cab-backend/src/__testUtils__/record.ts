import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportLine } from '@fawkes/backstage-plugin-cab-common';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { appendEntries, type Draft } from '../record/append';
import { exportPage } from '../record/exportRecord';

const SCRIPT = join(
  __dirname,
  '../../../../packages/cab-verify/bin/cab-verify.cjs',
);

/** An entry about nothing in particular. */
export function draftOf(more: Partial<Draft> = {}): Draft {
  return {
    eventId: randomUUID(),
    changeId: randomUUID(),
    type: 'comment',
    actor: 'user:default/mira',
    correlationId: 'test',
    data: {},
    after: { count: 0, leaf: null },
    ...more,
  };
}

/** Appends entries, each in its own transaction. */
export async function appendSome(db: Knex, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await inTransaction(db, tx => appendEntries(tx, [draftOf()]));
  }
}

/** All lines of the whole record, read page by page. */
export async function wholeRecord(
  db: Knex,
  origin: string,
  limit = 7,
): Promise<ExportLine[]> {
  const lines: ExportLine[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page: Awaited<ReturnType<typeof exportPage>> = await exportPage(
      db,
      origin,
      { from, limit },
    );
    lines.push(...page.lines);
    from = page.nextFrom;
  }
  return lines;
}

/** What the offline verifier says of an export. */
export async function verified(
  lines: readonly unknown[],
  vkey: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cab-record-'));
  try {
    const file = join(folder, 'record.jsonl');
    await writeFile(file, lines.map(line => JSON.stringify(line)).join('\n'));
    return await new Promise(resolve => {
      execFile(
        process.execPath,
        [SCRIPT, '--vkey', vkey, file],
        (_error, stdout, stderr) => resolve(`${stdout}${stderr}`.trim()),
      );
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
