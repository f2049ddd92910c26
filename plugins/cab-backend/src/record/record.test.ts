import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { inTransaction, isPostgres, rawRows } from '@fawkes/kit-backend/sql';
import knexFactory, { type Knex } from 'knex';
import {
  appendSome,
  draftOf,
  verified,
  wholeRecord,
} from '../__testUtils__/record';
import { MIGRATIONS } from '../store/database';
import { appendEntries, readHead } from './append';
import { Batches } from './batches';
import { Checkpointer } from './checkpoints';
import { exportOf } from './exportRecord';
import { guardDifferences } from './guards';
import { memoryInFile, memoryOfProcess, Signer } from './signer';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ORIGIN = 'portal.example/cab-1';
const CHANGE = '0190a000-0000-7000-8000-000000000001';
const ALL = { from: 0, limit: 500 };

/** What a rolled back transaction does not put back. */
async function setPragmas(db: Knex): Promise<void> {
  if (isPostgres(db)) return;
  await db.raw('pragma recursive_triggers = on');
  await db.raw('pragma ignore_check_constraints = off');
}

describe.each(databases.eachSupportedId())('the record, %s', id => {
  let db: Knex;
  let signer: Signer;
  let checkpointer: Checkpointer;
  beforeEach(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    await setPragmas(db);
    signer = Signer.made(ORIGIN).signer;
    checkpointer = new Checkpointer(db, signer, memoryOfProcess());
  });
  const append = (...drafts: Parameters<typeof draftOf>[0][]) =>
    inTransaction(db, tx => appendEntries(tx, drafts.map(draftOf)));
  /** Says of entries that they are of {@link CHANGE}. */
  const project = async (seqs: number[]) => {
    const rows = await db('cab_log').whereIn('seq', seqs).orderBy('seq');
    await db('cab_events').insert(
      rows.map(row => ({
        seq: row.seq,
        event_id: row.event_id,
        change_id: CHANGE,
        change_seq: row.seq,
        type: 'comment',
        actor: 'x',
        state: 'draft',
        at: 1,
      })),
    );
  };
  const verify = async () =>
    verified(await wholeRecord(db, ORIGIN), signer.verifierKey);

  it('keeps entries in order, chained for all and for each change request', async () => {
    const first = await append(
      { changeId: 'a' },
      { changeId: 'b' },
      { changeId: 'a' },
    );
    expect(
      first.map(({ seq, body }) => [seq, body.changeId, body.changeSeq]),
    ).toEqual([
      [0, 'a', 0],
      [1, 'b', 0],
      [2, 'a', 1],
    ]);
    expect(first[2].body.changePrev).toBe(first[0].leaf);
    const [next] = await append({
      changeId: 'a',
      after: { count: 2, leaf: first[2].leaf },
    });
    expect(next.body).toMatchObject({
      changeSeq: 2,
      changePrev: first[2].leaf,
    });
    expect(next.at).toBeGreaterThanOrEqual(first[0].at);
    expect(await readHead(db)).toMatchObject({ size: 4 });
    expect(await checkpointer.checkpoint()).toBe(4);
    expect(await verify()).toBe(
      'OK portal.example/cab-1: 4 entries, 1 checkpoints; signed up to 4',
    );
  });

  it('knows the hash of what people wrote, which can be erased', async () => {
    const [{ body }] = await append({ text: 'Looks good to me' });
    expect(JSON.stringify(body)).not.toContain('Looks good');
    expect(body.data.textDigest).toMatch(/^[0-9a-f]{64}$/);
    await checkpointer.checkpoint();
    await db('cab_texts').delete();
    expect(await verify()).toMatch(/^OK/);
  });

  it('keeps nothing of a transaction that fails', async () => {
    await append({});
    await expect(
      inTransaction(db, async tx => {
        await appendEntries(tx, [draftOf({ text: 'x' })]);
        throw new Error('and then it broke');
      }),
    ).rejects.toThrow('and then it broke');
    expect(await readHead(db)).toMatchObject({ size: 1 });
    expect(await db('cab_texts')).toEqual([]);
    await expect(append({ data: { half: 0.5 } })).rejects.toThrow(
      'whole numbers',
    );
    await append({});
    await checkpointer.checkpoint();
    expect(await verify()).toMatch(/^OK .* 2 entries/);
  });

  it('lets nobody change, remove, replace, fork or forge', async () => {
    await appendSome(db, 3);
    const rows = await db('cab_log').orderBy('seq');
    const [, second, last] = rows;
    const next = { ...last, seq: 3, event_id: 'x', body: '{"eventId":"x"}' };
    const ways: Array<() => PromiseLike<unknown>> = [
      () => db('cab_log').where('seq', 1).update({ body: last.body }),
      () => db('cab_log').where('seq', 1).delete(),
      () => db('cab_log').delete(),
      () => db('cab_log').truncate(),
      // A gap, a fork, and a place that is taken.
      () => db('cab_log').insert({ ...next, seq: 4 }),
      () => db('cab_log').insert({ ...next, prev_hash: second.chain_hash }),
      () =>
        db('cab_log').insert({
          ...second,
          event_id: 'y',
          body: '{"eventId":"y"}',
        }),
      () => db('cab_log').insert({ ...next, seq: -1 }),
      // The event is known, or another than the body says.
      () =>
        db('cab_log').insert({
          ...next,
          prev_hash: last.chain_hash,
          event_id: second.event_id,
          body: second.body,
          chain_hash: 'a'.repeat(64),
        }),
      () =>
        db('cab_log').insert({
          ...next,
          prev_hash: last.chain_hash,
          event_id: 'z',
          chain_hash: 'a'.repeat(64),
        }),
      () =>
        db('cab_log').insert({
          ...next,
          prev_hash: last.chain_hash,
          body: 'no JSON',
          chain_hash: 'a'.repeat(64),
        }),
      () =>
        db('cab_log')
          .insert({ ...second, body: '{}' })
          .onConflict('seq')
          .merge(),
    ];
    if (isPostgres(db)) {
      ways.push(
        // Hashes are worked out again by the database.
        () =>
          db('cab_log').insert({
            ...next,
            prev_hash: last.chain_hash,
            chain_hash: 'a'.repeat(64),
          }),
        () =>
          db('cab_log').insert({
            ...next,
            prev_hash: last.chain_hash,
            leaf_hash: 'a'.repeat(64),
            chain_hash: 'b'.repeat(64),
          }),
        () =>
          db.raw(
            `merge into cab_log using (select 1) s on seq = 1 when matched then delete`,
          ),
        () =>
          db.transaction(async tx => {
            await tx.raw(`set local session_replication_role = replica`);
            await tx('cab_log').where('seq', 1).delete();
          }),
      );
    } else {
      ways.push(
        () =>
          db.raw(
            `insert or replace into cab_log select seq, event_id, body, leaf_hash, prev_hash, chain_hash from cab_log where seq = 1`,
          ),
        () =>
          db.raw(
            `replace into cab_log values (1, 'x', '{"eventId":"x"}', ?, ?, ?)`,
            [second.leaf_hash, second.prev_hash, second.chain_hash],
          ),
      );
    }
    for (const way of ways) {
      await expect((async () => way())()).rejects.toThrow();
    }
    // What says nothing changes nothing either.
    await db
      .raw(
        isPostgres(db)
          ? 'select 1'
          : `insert or ignore into cab_log select * from cab_log where seq = 1`,
      )
      .catch(() => undefined);
    expect(await db('cab_log').orderBy('seq')).toEqual(rows);
    await checkpointer.checkpoint();
    expect(await verify()).toMatch(/^OK .* 3 entries/);
  });

  it('signs nothing while a guard is not as it was made, and says which', async () => {
    await appendSome(db, 2);
    expect(await guardDifferences(db)).toEqual([]);
    const ways: Array<[string, RegExp]> = isPostgres(db)
      ? [
          [
            'alter table cab_log disable trigger cab_log_kept',
            /cab_log_kept is gone or switched off/,
          ],
          [
            'alter table cab_log enable trigger cab_log_kept',
            /cab_log_kept is gone or switched off/,
          ],
          ['drop trigger cab_log_whole on cab_log', /cab_log_whole is gone/],
          [
            `create or replace function cab_log_kept() returns trigger language plpgsql as 'begin return new; end'`,
            /function cab_log_kept does something else/,
          ],
          [
            'create trigger other before insert on cab_log for each row execute function cab_log_next()',
            /trigger other that nobody/,
          ],
          [
            'alter table cab_log drop constraint cab_log_leaf',
            /constraint cab_log_leaf is gone/,
          ],
          [
            'alter table cab_log drop constraint cab_log_leaf, add constraint cab_log_leaf check (true)',
            /constraint cab_log_leaf .* says something else/,
          ],
          [
            'create rule lost as on insert to cab_log do instead nothing',
            /has rules/,
          ],
          ['create table below () inherits (cab_log)', /below or above/],
          ['alter table cab_log enable row level security', /hides rows/],
        ]
      : [
          ['drop trigger cab_log_kept', /cab_log_kept is gone/],
          [
            'create trigger other before insert on cab_log begin select 1; end',
            /other is nothing of ours/,
          ],
          ['pragma recursive_triggers = off', /recursive_triggers is off/],
          [
            'pragma ignore_check_constraints = on',
            /ignore_check_constraints is on/,
          ],
        ];
    for (const [sql, said] of ways) {
      const tx = await db.transaction();
      await tx.raw(sql);
      const found = await guardDifferences(tx);
      await tx.rollback();
      expect(found.join('; ')).toMatch(said);
      await setPragmas(db);
      expect(await guardDifferences(db)).toEqual([]);
    }
    await db.raw(
      isPostgres(db)
        ? 'drop trigger cab_log_kept on cab_log'
        : 'drop trigger cab_log_kept',
    );
    await expect(checkpointer.checkpoint()).rejects.toThrow(
      /cab_log_kept is gone/,
    );
  });

  it('is found out when its owner rewrites it: the first bad entry is named', async () => {
    await appendSome(db, 5);
    await checkpointer.checkpoint();
    await db.raw(
      isPostgres(db)
        ? 'drop trigger cab_log_kept on cab_log'
        : 'drop trigger cab_log_kept',
    );
    if (isPostgres(db))
      await db.raw('alter table cab_log drop constraint cab_log_leaf');
    const row = await db('cab_log').where('seq', 2).first();
    const forged = row.body.replace('user:default/mira', 'user:default/eve');
    await db('cab_log').where('seq', 2).update({ body: forged });
    expect(await verify()).toBe(
      'BAD entry 2: its body is not the one that was written',
    );
  });

  it('is not signed when it is shorter than, or another than, what was signed', async () => {
    await appendSome(db, 3);
    await checkpointer.checkpoint();
    await db.raw(
      isPostgres(db)
        ? 'alter table cab_log disable trigger user'
        : 'drop trigger cab_log_whole',
    );
    await db('cab_log').where('seq', 2).delete();
    await expect(checkpointer.checkpoint()).rejects.toThrow(
      'The record has 2 entries, and 3 were signed',
    );
    if (isPostgres(db))
      await db.raw('alter table cab_log enable always trigger cab_log_next');
    await appendSome(db, 2);
    await expect(checkpointer.checkpoint()).rejects.toThrow(
      /cab_log_(kept|whole) is gone/,
    );
  });

  it('goes on from a checkpoint of another replica, and from none that was forged', async () => {
    await appendSome(db, 3);
    const other = new Checkpointer(db, signer, memoryOfProcess());
    expect(await other.checkpoint()).toBe(3);
    await appendSome(db, 4);
    expect(await checkpointer.checkpoint()).toBe(7);
    expect(await other.checkpoint()).toBe(7);
    await appendSome(db, 1);
    expect(await other.checkpoint()).toBe(8);
    expect(await verify()).toMatch(/8 entries, 3 checkpoints; signed up to 8$/);
    await db('cab_checkpoints').where('size', 8).update({ note: 'forged' });
    const fresh = new Checkpointer(db, signer, memoryOfProcess());
    await expect(fresh.checkpoint()).rejects.toThrow(
      'is not what this key has signed',
    );
  });

  it('is shown for one change request, entry by entry', async () => {
    const changeId = CHANGE;
    await append({}, { changeId }, {}, { changeId }, {});
    await checkpointer.checkpoint();
    await project([1, 3]);
    const { lines } = await exportOf(db, ORIGIN, changeId, ALL);
    expect(await verified(lines, signer.verifierKey)).toBe(
      `OK portal.example/cab-1: 2 entries of ${changeId}, each in the signed record`,
    );
  });

  it('shows one change request of a long record without reading all of it', async () => {
    const own = [3, 300, 700];
    const drafts = Array.from({ length: 1_100 }, (_, seq) =>
      own.includes(seq) ? { changeId: CHANGE } : {},
    );
    await append(...drafts);
    await checkpointer.checkpoint();
    await project(own);
    const read: number[] = [];
    const spy = (rows: unknown) => {
      if (Array.isArray(rows) && rows[0]?.leaf_hash) read.push(rows.length);
    };
    db.on('query-response', spy);
    const pages: Awaited<ReturnType<typeof exportOf>>[] = [];
    for (let from: number | null = 0; from !== null; ) {
      pages.push(await exportOf(db, ORIGIN, CHANGE, { from, limit: 1 }));
      from = pages.at(-1)!.nextFrom;
    }
    db.removeListener('query-response', spy);
    expect(pages.map(({ nextFrom }) => nextFrom)).toEqual([300, 700, null]);
    // Each page its own tile of 256, the last one, and its entries.
    expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(3 * 350);
    const lines = pages.flatMap(page => page.lines);
    expect(await verified(lines, signer.verifierKey)).toBe(
      `OK ${ORIGIN}: 3 entries of ${CHANGE}, each in the signed record`,
    );

    // What was kept is no proof: where it does not lead to what was signed, all is read.
    await db('cab_tiles')
      .where('tile', 2)
      .update({ hash: 'f'.repeat(64) });
    const again = await exportOf(db, ORIGIN, CHANGE, ALL);
    expect(await verified(again.lines, signer.verifierKey)).toMatch(/^OK /);
    await db('cab_tiles').delete();
    expect(await exportOf(db, ORIGIN, CHANGE, ALL)).toEqual(again);
    // They are worked out anew from where they are left.
    await checkpointer.checkpoint();
    expect(await db('cab_tiles')).toHaveLength(4);
  });

  it('is appended to by batches, and a bad one takes nobody with it', async () => {
    const sizes: number[] = [];
    const batches = new Batches<string, number>(async items => {
      sizes.push(items.length);
      const done = await inTransaction(db, tx =>
        appendEntries(
          tx,
          items.map(type =>
            draftOf({ type, data: type === 'bad' ? { half: 0.5 } : {} }),
          ),
        ),
      );
      return done.map(({ seq }) => seq);
    }, 50);
    const told = await Promise.allSettled(
      Array.from({ length: 120 }, (_, index) =>
        batches.add(index === 60 ? 'bad' : 'comment'),
      ),
    );
    const kept = told.flatMap(each =>
      each.status === 'fulfilled' ? [each.value] : [],
    );
    expect([...kept].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 119 }, (_, index) => index),
    );
    expect(told.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(Math.max(...sizes)).toBe(50);
    await checkpointer.checkpoint();
    expect(await verify()).toMatch(/^OK .* 119 entries/);
  });

  it('does not go down while it holds entries', async () => {
    await append({});
    await expect(
      db.migrate.rollback({ directory: MIGRATIONS }, true),
    ).rejects.toThrow(/holds entries, so its table is not dropped/);
    expect(await readHead(db)).toMatchObject({ size: 1 });
  });
});

describe.each(TestDatabases.create({ ids: ['POSTGRES_18'] }).eachSupportedId())(
  'two replicas, %s',
  id => {
    it('append at the same time, and sign at the same time', async () => {
      const db = await databases.init(id);
      await db.migrate.latest({ directory: MIGRATIONS });
      const replicas = [1, 2].map(() =>
        knexFactory({ ...db.client.config, pool: { min: 0, max: 4 } }),
      );
      const { signer } = Signer.made(ORIGIN);
      try {
        await Promise.all(
          replicas.flatMap(replica => {
            const checkpointer = new Checkpointer(
              replica,
              signer,
              memoryOfProcess(),
            );
            return Array.from({ length: 40 }, async (_, index) => {
              await inTransaction(replica, tx =>
                appendEntries(tx, [draftOf(), draftOf()]),
              );
              if (index % 8 === 0) await checkpointer.checkpoint();
            });
          }),
        );
        await new Checkpointer(db, signer, memoryOfProcess()).checkpoint();
        const [{ count }] = await rawRows<{ count: string }>(
          db,
          'select count(*) from cab_log',
          [],
        );
        expect(Number(count)).toBe(160);
        expect(
          await verified(
            await wholeRecord(db, ORIGIN, 1_000),
            signer.verifierKey,
          ),
        ).toMatch(/^OK .*160 entries, .* signed up to 160$/);
      } finally {
        for (const replica of replicas) await replica.destroy();
      }
    });
  },
);

describe.each(TestDatabases.create({ ids: ['POSTGRES_18'] }).eachSupportedId())(
  'guards that were taken away and put back, %s',
  id => {
    it('do not hide that the end of the record is another one', async () => {
      const db = await databases.init(id);
      await db.migrate.latest({ directory: MIGRATIONS });
      const { signer } = Signer.made(ORIGIN);
      const checkpointer = new Checkpointer(db, signer, memoryOfProcess());
      await appendSome(db, 3);
      await checkpointer.checkpoint();
      await db.raw('alter table cab_log disable trigger user');
      await db('cab_log').where('seq', 2).delete();
      for (const name of ['next', 'kept', 'whole']) {
        await db.raw(
          `alter table cab_log enable always trigger cab_log_${name}`,
        );
      }
      await appendSome(db, 2);
      expect(await guardDifferences(db)).toEqual([]);
      await expect(checkpointer.checkpoint()).rejects.toThrow(
        'up to entry 2 is not what was signed',
      );
    });
  },
);

describe('the signer', () => {
  it('remembers in a file, and starts with nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cab-signer-'));
    const memory = memoryInFile(join(folder, 'deep', 'last.json'));
    expect(await memory.read()).toBeUndefined();
    const remembered = { size: 1, parts: ['a'], chain: 'b' };
    await memory.write(remembered);
    expect(
      await memoryInFile(join(folder, 'deep', 'last.json')).read(),
    ).toEqual(remembered);
    await rm(folder, { recursive: true });
  });

  it('is the same by its PEM, and of no other kind', () => {
    const { signer, pem } = Signer.made('a');
    expect(Signer.ofPem('a', pem).verifierKey).toBe(signer.verifierKey);
    expect(() => Signer.made('a b')).toThrow('cannot name a key');
  });
});
