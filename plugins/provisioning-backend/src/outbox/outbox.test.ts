import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { join } from 'node:path';
import { Outbox, type Teller } from './outbox';
import { outboxTable } from './table';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const table = outboxTable('local_outbox');
const MINUTE = 60_000;

describe.each(databases.eachSupportedId())('the outbox, %s', databaseId => {
  let db: Knex;
  let now: number;
  let told: string[];
  let teller: Teller;
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    db = await databases.init(databaseId);
    await db.migrate.latest({ directory: join(__dirname, '../../migrations') });
  });
  beforeEach(async () => {
    await db(table.name).delete();
    now = 1_000_000;
    told = [];
    teller = async payload => {
      told.push(String(payload));
      return 'told';
    };
  });

  /** One as a process starts it; all it knows is in the database. */
  const start = () =>
    new Outbox({
      db,
      table,
      logger,
      now: () => now,
      tellers: { word: (payload, id) => teller(payload, id) },
    });
  const message = (id: string, lane: string, payload = id) => ({
    id,
    lane,
    kind: 'word',
    payload,
  });

  async function settle(outbox: Outbox) {
    while ((await outbox.step()) > 0);
  }

  it('tells what was put by a transaction that was committed, and nothing else', async () => {
    const outbox = start();
    await db.transaction(tx => outbox.put(tx, [message('kept', 'a')]));
    await db
      .transaction(async tx => {
        await outbox.put(tx, [message('lost', 'a')]);
        throw new Error('no');
      })
      .catch(() => {});
    await settle(outbox);
    expect(told).toEqual(['kept']);
  });

  it('tells each message once, whoever puts it again, also after it was told', async () => {
    const outbox = start();
    await outbox.put(db, [message('one', 'a')]);
    await outbox.put(db, [message('one', 'a', 'other')]);
    await settle(outbox);
    await outbox.put(db, [message('one', 'a')]);
    await settle(outbox);
    expect(told).toEqual(['one']);
  });

  it('keeps a lane waiting behind what cannot be told, and no other lane', async () => {
    let away = true;
    const outbox = start();
    teller = async payload => {
      if (away && payload === 'a1') throw new Error('It is away');
      told.push(String(payload));
      return 'told';
    };
    await outbox.put(db, [
      message('a1', 'a'),
      message('a2', 'a'),
      message('b1', 'b'),
    ]);
    await settle(outbox);
    expect(told).toEqual(['b1']);
    expect(await outbox.waiting('a')).toEqual({
      count: 2,
      said: 'Error: It is away',
    });
    away = false;
    // Not before its pause is over.
    await settle(outbox);
    expect(told).toEqual(['b1']);
    now += 1_000;
    await settle(outbox);
    expect(told).toEqual(['b1', 'a1', 'a2']);
    expect(await outbox.waiting('a')).toEqual({ count: 0, said: null });
  });

  it('waits longer each time, up to five minutes, and never gives up', async () => {
    teller = async () => {
      throw new Error('no');
    };
    const outbox = start();
    await outbox.put(db, [message('one', 'a')]);
    const pauses: number[] = [];
    for (let n = 0; n < 12; n++) {
      await outbox.step();
      const [{ next_at }] = await db(table.name).select('next_at');
      pauses.push(next_at - now);
      now = next_at;
    }
    expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(pauses.slice(-2)).toEqual([5 * MINUTE, 5 * MINUTE]);
  });

  it('goes on after what is refused for good, and keeps why', async () => {
    teller = async payload => {
      if (payload === 'a1') return { refused: 'nobody takes that' };
      told.push(String(payload));
      return 'told';
    };
    const outbox = start();
    await outbox.put(db, [message('a1', 'a'), message('a2', 'a')]);
    await settle(outbox);
    expect(told).toEqual(['a2']);
    expect(await db(table.name).where('id', 'a1').first()).toMatchObject({
      state: 'refused',
      said: 'nobody takes that',
    });
  });

  it('forgets what ended long ago, and nothing that waits', async () => {
    const outbox = start();
    await outbox.put(db, [message('one', 'a')]);
    await settle(outbox);
    await outbox.put(db, [message('two', 'a')]);
    now += 31 * 86_400_000;
    expect(await outbox.forget()).toBe(1);
    expect(await db(table.name).pluck('id')).toEqual(['two']);
  });

  it('tells everything at least once and in order, whenever it fails or its process dies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.infiniteStream(fc.constantFrom('well', 'well', 'throw', 'die')),
        async (lanes, fates) => {
          await db(table.name).delete();
          told = [];
          const messages = lanes.map((lane, n) => message(`${lane}${n}`, lane));
          let left = 20;
          teller = async payload => {
            const { value } = fates.next();
            const fate = left > 0 ? value : 'well';
            left -= 1;
            if (fate === 'throw') throw new Error('no');
            told.push(String(payload));
            // It was told, and nobody lived to write that down.
            if (fate === 'die') throw new Error('died');
            return 'told';
          };
          await start().put(db, messages);
          for (let n = 0; n < 60; n++) {
            await settle(start());
            now += 5 * MINUTE;
          }
          const once = [...new Set(told)];
          const inLane = (ids: string[], lane: string) =>
            ids.filter(id => id[0] === lane);
          const all = messages.map(({ id }) => id);
          expect(['a', 'b', 'c'].map(lane => inLane(once, lane))).toEqual(
            ['a', 'b', 'c'].map(lane => inLane(all, lane)),
          );
        },
      ),
      { numRuns: Number(process.env.FAWKES_RUNS ?? 8) },
    );
  });
});
