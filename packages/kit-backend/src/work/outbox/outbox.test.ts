import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import knexFactory, { type Knex } from 'knex';
import { Outbox, type Teller } from './outbox';
import { createOutbox, outboxTable } from './table';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const table = outboxTable('outbox');
const MINUTE = 60_000;

describe.each(databases.eachSupportedId())('the outbox, %s', databaseId => {
  let db: Knex;
  let now: number;
  let told: string[];
  let teller: Teller;
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    db = await databases.init(databaseId);
    await createOutbox(db, table.name);
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

  it('keeps what is for somebody who is not there, and tells it all once they come', async () => {
    let absent = true;
    teller = async payload => {
      if (absent && String(payload).startsWith('a'))
        return { absent: 'nobody' };
      told.push(String(payload));
      return 'told';
    };
    const outbox = start();
    await outbox.put(db, [
      message('a1', 'a'),
      message('b1', 'a'),
      message('a2', 'a'),
    ]);
    await settle(outbox);
    // Nothing waits behind it.
    expect(told).toEqual(['b1']);
    expect(await outbox.waiting('a')).toEqual({ count: 0, said: null });
    expect(await db(table.name).where('id', 'a1').first()).toMatchObject({
      state: 'kept',
      said: 'nobody',
    });
    // It is looked for once an hour, with one message.
    const asked = jest.fn(teller);
    teller = asked;
    now += 60 * MINUTE;
    await settle(outbox);
    expect(asked).toHaveBeenCalledTimes(1);
    absent = false;
    await settle(outbox);
    expect(told).toEqual(['b1']);
    now += 60 * MINUTE;
    await settle(start());
    expect(told.sort()).toEqual(['a1', 'a2', 'b1']);
    expect(await db(table.name).distinct().pluck('state')).toEqual(['told']);
  });

  it('waits for somebody who came and is away', async () => {
    teller = async () => ({ absent: 'nobody' });
    const outbox = start();
    await outbox.put(db, [message('a1', 'a')]);
    await settle(outbox);
    teller = async () => {
      throw new Error('It is away');
    };
    now += 60 * MINUTE;
    await outbox.step();
    await outbox.step();
    expect(await outbox.waiting('a')).toEqual({
      count: 1,
      said: 'Error: It is away',
    });
  });

  it('keeps it for a while, and no more than there is room for', async () => {
    teller = async () => ({ absent: 'nobody' });
    const outbox = start();
    await outbox.put(db, [message('a0', 'a')]);
    await settle(outbox);
    const [{ number: _, ...row }] = await db(table.name);
    const more = Array.from({ length: 10_003 }, (__, n) => ({
      ...row,
      id: `more-${n}`,
    }));
    await db.batchInsert(table.name, more, 500);
    expect(await outbox.forget()).toBe(4);
    const left = await db(table.name).orderBy('number').first('id');
    expect(left.id).toBe('more-3');
    now += 31 * 86_400_000;
    expect(await outbox.forget()).toBe(10_000);
  });

  it('leaves to others what it has no teller for, and the lane behind it', async () => {
    const outbox = start();
    await outbox.put(db, [
      { ...message('x1', 'a'), kind: 'letter' },
      message('a2', 'a'),
      message('b1', 'b'),
    ]);
    await settle(outbox);
    expect(told).toEqual(['b1']);
    const letters = new Outbox({
      db,
      table,
      logger,
      now: () => now,
      tellers: { letter: (payload, id) => teller(payload, id) },
    });
    await settle(letters);
    await settle(outbox);
    expect(told).toEqual(['b1', 'x1', 'a2']);
  });

  it('tells after a while what a process took and died of, and does not hear it later', async () => {
    let fail = (_: Error) => {};
    let begun = () => {};
    const beginning = new Promise<void>(resolve => {
      begun = resolve;
    });
    teller = () =>
      new Promise((_, reject) => {
        fail = reject;
        begun();
      });
    const slow = start();
    await slow.put(db, [message('a1', 'a'), message('a2', 'a')]);
    const stuck = slow.step();
    await beginning;
    teller = async payload => {
      told.push(String(payload));
      return 'told';
    };
    await settle(start());
    expect(told).toEqual([]);
    now += MINUTE;
    await settle(start());
    expect(told).toEqual(['a1', 'a2']);
    fail(new Error('no'));
    expect(await stuck).toBe(0);
    expect(await db(table.name).distinct().pluck('state')).toEqual(['told']);
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

const postgres = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe.each(postgres.eachSupportedId())('two that tell, %s', databaseId => {
  it('tell each message once and in order by lane, while others put', async () => {
    const db = await postgres.init(databaseId);
    await createOutbox(db, table.name);
    const replicas = [1, 2].map(() =>
      knexFactory({ ...db.client.config, pool: { min: 0, max: 4 } }),
    );
    const lanes = ['a', 'b', 'c', 'd', 'e'];
    const told: string[] = [];
    const tellers: number[] = [];
    const failed = new Set<string>();
    const boxes = replicas.map(
      (replica, n) =>
        new Outbox({
          db: replica,
          table,
          logger: mockServices.logger.mock(),
          now: () => Date.now(),
          tellers: {
            async word(payload) {
              const text = String(payload);
              // Each fifth is away the first time.
              if (text.endsWith('5') && !failed.has(text)) {
                failed.add(text);
                throw new Error('It is away');
              }
              await new Promise(resolve => setImmediate(resolve));
              told.push(text);
              tellers.push(n);
              return 'told';
            },
          },
        }),
    );
    const puts = async (lane: string) => {
      for (let n = 10; n < 22; n++) {
        const id = `${lane}${n}`;
        await boxes[n % 2].put(replicas[n % 2], [
          { id, lane, kind: 'word', payload: id },
        ]);
      }
    };
    const waiting = () => db(table.name).where('state', 'waiting').first('id');
    let putting = true;
    const work = async (box: Outbox) => {
      while (putting || (await waiting())) await box.step();
    };
    const working = boxes.map(work);
    await Promise.all(lanes.map(puts));
    putting = false;
    await Promise.all(working);
    for (const lane of lanes) {
      expect(told.filter(id => id[0] === lane)).toEqual(
        Array.from({ length: 12 }, (_, n) => `${lane}${n + 10}`),
      );
    }
    expect(new Set(tellers)).toEqual(new Set([0, 1]));
    for (const replica of replicas) await replica.destroy();
  });
});
