import { createHash, randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { MIGRATIONS } from '../store/database';
import { bytesOf, CHUNK_BYTES, receive, tidyBytes } from './bytes';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const PIECE = {
  kind: 'tests',
  size: 1,
  media_type: 'x',
  state: 'parsed',
  producer: 'x',
  produced_at: 1,
  received_at: 1,
  waiting: 0,
};
const CHANGE = {
  type: 'normal',
  entity_ref: 'x',
  entity_title: 'x',
  environment: 'x',
  head_sha: 'x',
  title: 'x',
  submitter: 'x',
  revision: 1,
  round: 0,
  pack_digest: 'x',
  created_at: 1,
  event_count: 0,
  event_leaf: '',
};

async function* pieces(...all: Buffer[]) {
  yield* all;
}

const sha256 = (bytes: Buffer) =>
  createHash('sha256').update(bytes).digest('hex');

async function text(db: Knex, digest: string): Promise<string | undefined> {
  const found = await bytesOf(db, digest);
  if (!found) return undefined;
  const parts: Buffer[] = [];
  for await (const part of found.pieces) parts.push(part);
  expect(Buffer.concat(parts)).toHaveLength(found.size);
  return Buffer.concat(parts).toString();
}

describe.each(databases.eachSupportedId())('bytes of evidence, %s', id => {
  let db: Knex;
  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
  });
  const count = async () =>
    (await db('cab_evidence_chunks').select('part')).length;

  it('25 MiB are received, hashed, kept and given back, and no more than a few of them are held', async () => {
    const size = 25 * MIB;
    const hash = createHash('sha256');
    async function* large() {
      for (let at = 0; at < size; at += CHUNK_BYTES) {
        const bytes = randomBytes(Math.min(CHUNK_BYTES, size - at));
        hash.update(bytes);
        yield bytes;
      }
    }
    const held = watchMemory();
    const received = await receive(db, large());
    const again = createHash('sha256');
    let given = 0;
    for await (const part of (await bytesOf(db, received.sha256))!.pieces) {
      given += part.length;
      again.update(part);
    }
    const most = held.stop();
    process.stdout.write(
      `25 MiB, ${id}: ${Math.round(most / MIB)} MiB held at most\n`,
    );
    expect(received).toEqual({ sha256: hash.digest('hex'), size });
    expect(given).toBe(size);
    expect(again.digest('hex')).toBe(received.sha256);
    expect(most).toBeLessThan(64 * MIB);
  }, 120_000);

  it('the same bytes are kept once, also when they come at the same instant', async () => {
    const before = await count();
    const bytes = randomBytes(1_000);
    const all = await Promise.all(
      Array.from({ length: 6 }, () => receive(db, pieces(bytes))),
    );
    expect(new Set(all.map(each => each.sha256))).toEqual(
      new Set([sha256(bytes)]),
    );
    expect(await count()).toBe(before + 1);
    await receive(db, pieces(bytes.subarray(0, 500), bytes.subarray(500)));
    expect(await count()).toBe(before + 1);
    expect(await text(db, sha256(bytes))).toBe(bytes.toString());
  });

  it('what ends in the middle leaves nothing', async () => {
    const before = await count();
    async function* torn() {
      yield Buffer.from('half');
      throw new Error('torn');
    }
    await expect(receive(db, torn())).rejects.toThrow('torn');
    await expect(receive(db, pieces())).rejects.toThrow('The body is empty');
    expect(await count()).toBe(before);
    const halves = await db('cab_evidence_uploads').whereNull('sha256');
    expect(halves).toEqual([]);
  });

  it('nobody finds bytes of which half is there', async () => {
    const bytes = Buffer.from('slowly');
    let goOn = () => {};
    const waiting = new Promise<void>(resolve => {
      goOn = resolve;
    });
    async function* slow() {
      yield bytes.subarray(0, 3);
      await waiting;
      yield bytes.subarray(3);
    }
    const receiving = receive(db, slow());
    expect(await bytesOf(db, sha256(bytes))).toBeUndefined();
    goOn();
    await receiving;
    expect(await text(db, sha256(bytes))).toBe('slowly');
  });

  it('tidies up what nobody names, and leaves what a change request does', async () => {
    await db('cab_evidence_uploads').delete();
    await db('cab_evidence_chunks').delete();
    const kept = async (
      name: string,
      state: string | undefined,
      days: number,
    ) => {
      const { sha256: digest } = await receive(db, pieces(Buffer.from(name)));
      await db('cab_evidence_uploads')
        .where({ sha256: digest })
        .update({ at: Date.now() - 2 * HOUR_MS });
      if (!state) return;
      await db('cab_evidence').insert({
        ...PIECE,
        id: name,
        change_id: name,
        sha256: digest,
      });
      await db('cab_changes').insert({
        ...CHANGE,
        id: name,
        state,
        updated_at: Date.now() - days * DAY_MS,
      });
    };
    await kept('nobody', undefined, 0);
    await kept('open', 'draft', 900);
    await kept('ended', 'closed', 399);
    await kept('long ago', 'closed', 401);
    await receive(db, pieces(Buffer.from('just now')));
    expect(await tidyBytes(db, { keepDays: 400 })).toBe(2);
    expect(await tidyBytes(db, { keepDays: 400 })).toBe(0);
    const left = await Promise.all(
      ['nobody', 'open', 'ended', 'long ago', 'just now'].map(name =>
        text(db, sha256(Buffer.from(name))),
      ),
    );
    expect(left).toEqual([undefined, 'open', 'ended', undefined, 'just now']);
    expect(await count()).toBe(3);
  });
});

/** The most that is held outside of what was held before; garbage is not held. */
function watchMemory() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const inUse = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  collect();
  const before = inUse();
  let most = 0;
  const look = () => {
    // A busy machine is late to collect; only what would count is looked at twice.
    if (inUse() - before > 32 * MIB) collect();
    most = Math.max(most, inUse() - before);
  };
  const timer = setInterval(look, 5);
  return {
    stop() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}
