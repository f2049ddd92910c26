import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootId } from '../local';
import { hostTable } from './store';

const ID = 'host';

/** The computer of this portal, compared with the one of last time. */
export interface Machine {
  now: 'same' | 'started-anew' | 'other';
  /** Port of the git remote, to be asked for again. */
  gitPort: number | undefined;
}

/**
 * Finds out whether this is the computer that the rows speak of, and writes down
 * that it is now. A computer is known by a name in its folder: with the folder go
 * the repositories, and with the boot id the processes.
 */
export async function meetMachine(
  db: Knex,
  directory: string,
): Promise<Machine> {
  const machine = await nameOf(directory);
  const boot = (await bootId()) ?? null;
  const [before] = await select(
    db(hostTable.name).where({ id: ID }),
    hostTable,
  );
  await insertRows(
    db,
    hostTable,
    [{ id: ID, machine, boot_id: boot, git_port: before?.git_port ?? null }],
    { update: ['machine', 'boot_id'] },
  );
  const gitPort = before?.git_port ?? undefined;
  if (!before) return { now: 'same', gitPort };
  if (before.machine !== machine) return { now: 'other', gitPort };
  const same = boot !== null && before.boot_id === boot;
  return { now: same ? 'same' : 'started-anew', gitPort };
}

/** Keeps the port of the git remote for next time. */
export async function keepGitPort(db: Knex, port: number): Promise<void> {
  await db(hostTable.name).where({ id: ID }).update({ git_port: port });
}

async function nameOf(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'machine');
  try {
    await writeFile(file, randomUUID(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim().slice(0, 64);
}
