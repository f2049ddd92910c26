import type { Export, Kept, Mine } from '@fawkes/backstage-plugin-dojo-common';
import type { Knex } from 'knex';
import { toAttempt } from '../learn/attempts';
import type { RevokeDeps } from '../certificates/revoke';
import type { LearnDeps } from '../learn/deps';
import { iso } from '../learn/iso';
import { keepsProgress } from '../learn/learners';
import {
  tables,
  type AttemptRow,
  type AwardRow,
  type CredentialRow,
  type ErasureRow,
  type LookRow,
} from '../store/tables';
import { choicesOf } from './choices';
import { isLearner, meOf, type Me } from './me';
import { beltTitleOf, namesFor, type Names } from './names';
import { personalTables, type ExportAround } from './personal';
import { exportedRow } from './exportedRow';
import { sentences } from './sentences';

type RevokersOf = Pick<RevokeDeps, 'revokersOf'>;

/** How many rows of a kind the page tells; the export has all of them. */
const NEWEST = 50;

/** What is known about the caller, in words, and who looked. */
export async function readMine(
  userRef: string,
  deps: LearnDeps & RevokersOf,
): Promise<Mine> {
  const { db, now } = deps;
  const me = await meOf(db, userRef);
  const names = await namesFor(me, deps);
  const kept: Kept[] = [];
  for (const { how } of personalTables) {
    const [{ count }] = await how.rows(db, me).count({ count: '*' });
    if (Number(count) === 0) continue;
    const rows: object[] = await how
      .rows(db, me)
      .orderBy(how.newest, 'desc')
      .limit(NEWEST);
    const entries = rows.map(row => toEntry(how.kind, row, names, me));
    kept.push({ kind: how.kind, count: Number(count), entries });
  }
  const learner = await db(tables.learners.name)
    .where({ id: me.learner })
    .first('created_at');
  return {
    asOf: iso(now()),
    person: userRef,
    keepsProgress: keepsProgress(userRef),
    since: learner ? iso(learner.created_at) : null,
    kept,
    choices: await choicesOf(db, me.learner),
    looks: await looksAt(db, me),
    certificates: await certificatesOf(db, me),
    revokes: await isRevoker(userRef, deps),
    erasure: await erasureOf(db, me),
  };
}

/** Every row about the caller, for them to take along. */
export async function exportMine(
  userRef: string,
  deps: LearnDeps,
): Promise<Export> {
  const { db, now } = deps;
  const me = await meOf(db, userRef);
  const around: ExportAround = {
    questionsOf: async row => (await toAttempt(row as AttemptRow, deps)).items,
  };
  const found: Export['tables'] = [];
  for (const { table, how } of personalTables) {
    const rows = await how.rows(db, me).orderBy([...table.keys]);
    if (rows.length === 0) continue;
    const exported: Export['tables'][number]['rows'] = [];
    for (const row of rows) {
      exported.push(await exportedRow(row, { table, how, me, around }));
    }
    found.push({
      table: table.name,
      kind: how.kind,
      changed: Object.fromEntries(
        Object.entries(how.changed ?? {}).map(([column, { why }]) => [
          column,
          why,
        ]),
      ),
      rows: exported,
    });
  }
  return {
    asOf: iso(now()),
    format: 'fawkes-dojo-export/1',
    person: userRef,
    tables: found,
  };
}

function toEntry(
  kind: Kept['kind'],
  row: object,
  names: Names,
  me: Me,
): Kept['entries'][number] {
  const { at, said } = sentences[kind](row, names, me);
  return { at: at === null ? null : iso(at), said };
}

async function looksAt(db: Knex, me: Me): Promise<Mine['looks']> {
  const rows: LookRow[] = await db(tables.looks.name)
    .where({ learner_id: me.learner })
    .orderBy('at', 'desc')
    .limit(NEWEST);
  return rows.map(({ at, by_ref: by, group_ref: group }) => ({
    at: iso(at),
    by,
    group,
  }));
}

async function certificatesOf(db: Knex, me: Me): Promise<Mine['certificates']> {
  if (!isLearner(me)) return [];
  const rows: Array<CredentialRow & Pick<AwardRow, 'criteria'>> = await db(
    tables.credentials.name,
  )
    .join('awards', 'awards.id', 'credentials.award_id')
    .where('awards.learner_id', me.learner)
    .orderBy('credentials.issued_at')
    .select('credentials.*', 'awards.criteria');
  return rows.map(row => ({
    id: row.id,
    belt: beltTitleOf(row),
    revoked: row.revoked_at !== null,
  }));
}

async function isRevoker(
  userRef: string,
  { library, revokersOf }: Pick<LearnDeps, 'library'> & RevokersOf,
): Promise<boolean> {
  for (const { content } of await library.shelves()) {
    const people = await revokersOf(content.id);
    if (people.has(userRef.toLowerCase())) return true;
  }
  return false;
}

async function erasureOf(db: Knex, me: Me): Promise<Mine['erasure']> {
  const row: ErasureRow | undefined = await db(tables.erasures.name)
    .where({ learner_id: me.learner })
    .first();
  if (!row) return null;
  return {
    askedAt: iso(row.asked_at),
    dueAt: iso(row.due_at),
    keep: JSON.parse(row.keep),
  };
}
