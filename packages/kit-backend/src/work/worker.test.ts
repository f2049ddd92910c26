import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  defineTable,
  forUpdate,
  insertRows,
  inTransaction,
  select,
} from '../sql';
import { Worker, type Step } from './worker';

/** Lets whatever can go on without a timer go on. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

describe('Worker', () => {
  const logger = mockServices.logger.mock();
  let worker: Worker;
  const workerWith = (...steps: Step[]) => {
    worker = new Worker({ name: 'kit', logger, steps });
    return worker;
  };
  beforeEach(() => {
    jest.clearAllMocks();
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  });
  afterEach(async () => {
    await worker.stop();
    jest.useRealTimers();
  });

  it('looks again a while after it found nothing', async () => {
    const step = jest.fn(async () => 0);
    workerWith(step).start();
    await turns();
    expect(step).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(249);
    await turns();
    expect(step).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    await turns();
    expect(step).toHaveBeenCalledTimes(2);
  });

  it('goes on without a pause as long as there is something', async () => {
    const left = [3, 2, 1];
    const step = jest.fn(async () => left.pop() ?? 0);
    workerWith(step).start();
    await turns();
    expect(step).toHaveBeenCalledTimes(4);
  });

  it('does not wait when it is nudged, resting or at work', async () => {
    let finish: (done: number) => void = () => {};
    const step = jest.fn(
      () =>
        new Promise<number>(resolve => {
          finish = resolve;
        }),
    );
    workerWith(step).start();
    // While it looks: what came may be what it has just not seen.
    worker.nudge();
    finish(0);
    await turns();
    expect(step).toHaveBeenCalledTimes(2);
    finish(0);
    await turns();
    expect(step).toHaveBeenCalledTimes(2);
    worker.nudge();
    await turns();
    expect(step).toHaveBeenCalledTimes(3);
    finish(0);
  });

  it('wakes the other steps after one has done something', async () => {
    const made = [1];
    const first = jest.fn(async () => made.pop() ?? 0);
    const second = jest.fn(async () => 0);
    workerWith(second, first).start();
    await turns();
    expect(second.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(jest.getTimerCount()).toBe(2);
  });

  it('says what it met, tries again, and lets the others work', async () => {
    const broken = jest.fn(async (): Promise<number> => {
      throw new Error('away');
    });
    const left = [1, 1];
    const other = jest.fn(async () => left.pop() ?? 0);
    workerWith(broken, other).start();
    await turns();
    expect(other).toHaveBeenCalledTimes(3);
    expect(logger.error.mock.calls[0]).toEqual([
      'The kit worker met an error',
      { error: 'Error: away' },
    ]);
    const tries = broken.mock.calls.length;
    jest.advanceTimersByTime(1_999);
    await turns();
    expect(broken).toHaveBeenCalledTimes(tries);
    jest.advanceTimersByTime(1);
    await turns();
    expect(broken).toHaveBeenCalledTimes(tries + 1);
  });

  it('finishes what is under way before it ends, and begins nothing new', async () => {
    let finish: (done: number) => void = () => {};
    const step = jest.fn(
      () =>
        new Promise<number>(resolve => {
          finish = resolve;
        }),
    );
    workerWith(step).start();
    worker.start();
    expect(step).toHaveBeenCalledTimes(1);
    let stopped = false;
    const stopping = worker.stop().then(() => {
      stopped = true;
    });
    await turns();
    expect(stopped).toBe(false);
    finish(1);
    await stopping;
    expect(step).toHaveBeenCalledTimes(1);
    expect(await worker.settle()).toBeUndefined();
    expect(step).toHaveBeenCalledTimes(1);
  });

  it('can be stopped before it was started', async () => {
    const step = jest.fn(async () => 0);
    await workerWith(step).stop();
    worker.start();
    await turns();
    expect(step).not.toHaveBeenCalled();
  });

  it('settles: step after step, until none has anything to do', async () => {
    const log: string[] = [];
    const waiting = { first: 2, second: 0 };
    await workerWith(
      async () => {
        log.push('first');
        if (waiting.first === 0) return 0;
        waiting.first -= 1;
        waiting.second += 1;
        return 1;
      },
      async () => {
        log.push('second');
        const done = waiting.second;
        waiting.second = 0;
        return done;
      },
    ).settle();
    expect(log.join(' ')).toBe('first second first second first second');
    await expect(
      workerWith(async () => {
        throw new Error('wrong');
      }).settle(),
    ).rejects.toThrow('wrong');
  });
});

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const tasks = defineTable({
  name: 'tasks',
  columns: { id: 'text', done: 'int' },
  keys: ['id'],
});

describe.each(databases.eachSupportedId())('workers on %s', id => {
  /** Does up to three tasks that nobody else is at. */
  const doSome = (db: Knex) => () =>
    inTransaction(db, async tx => {
      const free = tx('tasks').where('done', 0).orderBy('id').limit(3);
      const rows = await forUpdate(tx, select(free, tasks, 'id'), {
        skipLocked: true,
      });
      await tx('tasks')
        .whereIn(
          'id',
          rows.map(row => row.id),
        )
        .increment('done');
      return rows.length;
    });

  it('share what waits: everything is done, and once', async () => {
    const db = await databases.init(id);
    await db.schema.createTable('tasks', t => {
      t.string('id').primary();
      t.integer('done').notNullable();
    });
    await insertRows(
      db,
      tasks,
      Array.from({ length: 100 }, (_, n) => ({ id: `task ${n}`, done: 0 })),
    );
    const logger = mockServices.logger.mock();
    const workers = [1, 2, 3].map(
      n => new Worker({ name: `kit ${n}`, logger, steps: [doSome(db)] }),
    );
    workers.forEach(worker => worker.start());
    while (await db('tasks').where('done', 0).first('id')) {
      await new Promise(setImmediate);
    }
    await Promise.all(workers.map(worker => worker.stop()));
    expect(await db('tasks').whereNot('done', 1)).toEqual([]);
    expect(logger.error).not.toHaveBeenCalled();
  });
});
