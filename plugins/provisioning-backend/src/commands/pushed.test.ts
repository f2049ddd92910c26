import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { acceptPlain, runnerOn } from '../__testUtils__/harness';
import { killAfter } from '../__testUtils__/killAfter';
import { MIRA } from '../__testUtils__/organisation';
import { bodyOf, createTestBackend } from '../__testUtils__/testBackend';
import { World } from '../__testUtils__/world';
import { MIGRATIONS } from '../store/database';
import { takePush } from './pushed';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const [A, B] = ['a', 'b'].map(letter => letter.repeat(40));

describe.each(databases.eachSupportedId())('a push, %s', databaseId => {
  let db: Knex;
  let count = 0;
  beforeAll(async () => {
    db = await databases.init(databaseId);
    await db.migrate.latest({ directory: MIGRATIONS });
  });

  const settle = () => runnerOn({ db, world: new World() }).settle();
  const tell = (requestId: string, commit: string) =>
    takePush(db, { requestId, commit, by: MIRA }, Date.now());
  const deployed = (requestId: string): Promise<string[]> =>
    db('runs')
      .where({ request_id: requestId, kind: 'deploy' })
      .orderBy('number')
      .pluck('wanted_commit');
  const accept = async () =>
    (await acceptPlain(db, { name: `pushed-${++count}` })).id;

  it('is one run, however often it is told, also at once', async () => {
    const id = await accept();
    await settle();
    const told = await Promise.all([tell(id, A), tell(id, A), tell(id, A)]);
    expect(told.filter(Boolean)).toEqual([true]);
    expect(await tell(id, A)).toBe(false);
    await settle();
    expect(await tell(id, A)).toBe(false);
    await settle();
    expect(await deployed(id)).toEqual([A]);
  });

  it('that waits waits once, and is not back after a newer one', async () => {
    const id = await accept();
    expect(await tell(id, A)).toBe(true);
    expect(await tell(id, A)).toBe(false);
    expect(await tell(id, B)).toBe(true);
    expect(await tell(id, A)).toBe(false);
    await settle();
    await settle();
    expect(await tell(id, B)).toBe(false);
    expect(await deployed(id)).toEqual([B]);
  });

  it('whose commit somebody had deployed by name is nothing new', async () => {
    const id = await accept();
    await settle();
    await db('runs').where('request_id', id).update({ wanted_commit: A });
    expect(await tell(id, A)).toBe(false);
    expect(await deployed(id)).toEqual([]);
  });

  it('is one run wherever the process dies that takes it', async () => {
    let deaths = 0;
    for (let statements = 1; ; statements++) {
      const id = await accept();
      await settle();
      const mortal = killAfter(db, statements);
      await Promise.race([tell(id, A).catch(() => {}), mortal.death]);
      const died = mortal.died();
      mortal.bury();
      // Nobody crossed it off, so the next process tells it again.
      await tell(id, A);
      await settle();
      expect(await deployed(id)).toEqual([A]);
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(5);
  }, 120_000);
});

describe.each(databases.eachSupportedId())('a merge, %s', databaseId => {
  it('is one run, also when the host tells it again or somebody merges again', async () => {
    const backend = await createTestBackend({
      db: await databases.init(databaseId),
    });
    const { db, localHost } = backend;
    const mira = backend.person(MIRA);
    const { body: made } = await mira
      .post('/requests', await bodyOf('merged'))
      .expect(202);
    await backend.settle();
    const revision = await db('revisions')
      .where('request_id', made.id)
      .first('*');
    await db('revisions').insert({ ...revision, revision: 2 });
    await db('requests').where('id', made.id).update({ revision: 2 });
    localHost.merges = { outcome: 'merged', commit: A };
    const merge = () =>
      mira
        .post(`/requests/${made.id}/merge`, { revision: 2, head: B })
        .expect(202);
    const { body: merged } = await merge();
    expect(merged).toMatchObject({ commit: A, state: 'running' });
    expect(merged.runId).not.toBe(made.runId);
    await backend.settle();
    await localHost.asks!.pushed({ requestId: made.id, commit: A, by: MIRA });
    const { body: again } = await merge();
    expect(again).toMatchObject({ runId: merged.runId, state: 'ready' });
    await backend.settle();
    const runs = await db('runs').where('request_id', made.id).pluck('kind');
    expect(runs.sort()).toEqual(['create', 'deploy']);
  });
});
