import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Belt, Export, Mine } from '@fawkes/backstage-plugin-dojo-common';
import { isPostgres } from '@fawkes/kit-backend/sql';
import { canonicalJson } from '@fawkes/kit-contract';
import { everyRow, rowsWith } from '../__testUtils__/everyRow';
import { curriculumWithExam } from '../__testUtils__/labWorld';
import { solver } from '../__testUtils__/solver';
import {
  folderOf,
  startDojo,
  type Asker,
  type TestDojo,
} from '../__testUtils__/testDojo';
import { eraseDue } from '../people/erase';
import { forget } from '../people/forget';
import { personal, personalTables } from '../people/personal';
import { tables } from '../store/tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 86_400_000;
const TEAM = 'group:default/team';
const REASON = 'Evidence was forged, see the minutes';

const user = (name: string, ...groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { profile: { displayName: `The ${name}` }, memberOf: [] },
  relations: groups.map(targetRef => ({ type: 'memberOf', targetRef })),
});
const team: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: {
    name: 'team',
    annotations: { 'fawkes.dev/dojo-lead': 'lead, user:default/second' },
  },
  spec: { type: 'team', children: [] },
  relations: ['learner', 'bystander', 'novice'].map(name => ({
    type: 'hasMember',
    targetRef: `user:default/${name}`,
  })),
};

describe.each(databases.eachSupportedId())('mine, %s', id => {
  let dojo: TestDojo;
  let remove: () => Promise<void>;
  let solve: Awaited<ReturnType<typeof solver>>;
  const who = (name: string) => dojo.person(`user:default/${name}`);
  const mine = async (name: string): Promise<Mine> =>
    (await who(name).get('/mine').expect(200)).body;

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let n = 0; n < 200; n++) {
      if (await holds()) return;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    throw new Error('It never came to that');
  }

  /** Learns, passes and is awarded; then everything there is of them is there. */
  async function earn(person: Asker): Promise<Belt> {
    const { body: module } = await person.get('/modules/one').expect(200);
    const visitAll = async (lab: string) => {
      const { body: run } = await person.post('/runs', { lab }).expect(201);
      for (const { id: step } of run.steps) {
        await person.post(`/runs/${run.id}/visits`, { step }).expect(200);
      }
    };
    await visitAll(module.labs[0].id);
    const { body: before } = await person.get('/belts/white').expect(200);
    const quiz = before.exam.id;
    const { body: attempt } = await person.post('/attempts', { quiz });
    await person
      .post(`/attempts/${attempt.id}/submit`, {
        seq: 1,
        answers: solve(attempt, true),
      })
      .expect(200);
    await visitAll(before.exam.labs[0].id);
    let belt: Belt;
    await until(async () => {
      belt = (await person.get('/belts/white').expect(200)).body;
      return Boolean(belt.award?.credential);
    });
    return belt!;
  }

  const learnerOf = async (name: string): Promise<string> => {
    const row = await dojo
      .db('learners')
      .where({ user_ref: `user:default/${name}` })
      .first('id');
    return row.id;
  };

  const learnerRows = (name: string) =>
    dojo.db('learners').where({ user_ref: `user:default/${name}` });

  /** Every text by which a row is about a person. */
  async function textsOf(name: string): Promise<string[]> {
    const learner = await learnerOf(name);
    const own = (table: string) =>
      dojo.db(table).where({ learner_id: learner }).pluck('id');
    return [
      `user:default/${name}`,
      learner,
      ...(await own('awards')),
      ...(await own('lab_runs')),
      ...(await own('attempts')),
    ];
  }

  let belts: Record<string, Belt>;

  beforeAll(async () => {
    const folder = await folderOf(curriculumWithExam());
    remove = folder.remove;
    dojo = await startDojo(await databases.init(id), [folder.folder], {
      catalog: catalogServiceMock({
        entities: [
          team,
          user('learner', TEAM),
          user('bystander', TEAM),
          user('novice', TEAM),
          user('lead'),
          user('owner', 'group:default/platform'),
        ],
      }),
      config: { revokers: ['user:default/second'] },
    });
    solve = await solver(dojo.db);
    belts = {
      learner: await earn(who('learner')),
      bystander: await earn(who('bystander')),
    };
    for (const name of ['learner', 'bystander']) {
      const choices = { showBelts: true, showName: true };
      await who(name).put('/mine/choices', choices).expect(200);
      // What small curricula and this database do not bring.
      const learner_id = await learnerOf(name);
      await dojo.db('lesson_reads').insert({
        learner_id,
        module_id: 'm',
        lesson: 'l',
        opened_at: 1,
        read_at: null,
      });
      await dojo.db('lab_claims').insert({ key: `key-${name}`, learner_id });
      await dojo.db('counted_facts').insert({
        learner_id,
        type: 'deployment',
        key: `key-${name}`,
        at: 1,
        fields: '{}',
      });
      await dojo.db('team_people').insert({ group_ref: TEAM, learner_id });
      await dojo.db('locks').insert({ name: `award ${learner_id} none` });
      await who('lead').post('/teams/look', { group: TEAM }).expect(200);
    }
    // The job has counted this group, of which nothing is said, at the start.
    const figures = {
      group_ref: TEAM,
      taken_at: 1,
      hidden: null,
      figures: JSON.stringify({
        people: null,
        completions: 7,
        belts: [],
        modules: [],
      }),
      erased: 0,
    };
    await dojo
      .db('team_figures')
      .insert(figures)
      .onConflict('group_ref')
      .merge();
    const { id: credential } = belts.learner.award!.credential!;
    const proposal = { credential, reason: REASON };
    await who('owner').post('/revocations', proposal).expect(201);
  });
  afterAll(() => remove());

  it('says in words what is known, and who looked', async () => {
    const { kept, looks, since, certificates, choices } = await mine('learner');
    expect(since).not.toBeNull();
    const texts = kept.flatMap(({ entries }) =>
      entries.map(({ said }) => said.text),
    );
    expect(texts).toEqual(
      expect.arrayContaining([
        'Known as user:default/learner, and by an id of the dojo',
        'Attempt 1 at The exam, which has ended',
        'A run of Lab: passed',
        'Done: One, version 1.0.0',
        'Awarded: the White belt',
        `Two people may take your White belt back, or have: ${REASON}`,
        `user:default/lead looked at what you have done, for ${TEAM}`,
      ]),
    );
    expect(looks).toEqual(
      [1, 2].map(() => ({
        at: expect.any(String),
        by: 'user:default/lead',
        group: TEAM,
      })),
    );
    expect(certificates).toEqual([
      {
        id: belts.learner.award!.credential!.id,
        belt: 'White',
        revoked: false,
      },
    ]);
    expect(choices).toEqual({ showBelts: true, showName: true });
    const nobody = await mine('stranger');
    expect(nobody).toMatchObject({ since: null, kept: [], looks: [] });
    // Asking makes nobody a learner.
    expect(await learnerRows('stranger')).toEqual([]);
  });

  it('exports every row about a person in every table, and none about another', async () => {
    const { body } = await who('learner').get('/mine/export').expect(200);
    const exported: Export = body;
    const about = rowsWith(await everyRow(dojo.db), await textsOf('learner'));
    // The test itself has put something into each of them, but what follows later.
    const empty = personalTables
      .map(({ table }) => table.name)
      .filter(name => name !== 'erasures')
      .filter(name => !about.some(({ table }) => table === name));
    expect(empty).toEqual([]);
    for (const { table, row } of about) {
      const how = Object.entries(personal).find(
        ([key]) => tables[key as keyof typeof tables].name === table,
      )?.[1];
      const found = exported.tables.find(each => each.table === table);
      expect({ table, isExported: found !== undefined }).toEqual({
        table,
        isExported: true,
      });
      const same = found!.rows.filter(each =>
        Object.entries(row).every(([column, value]) => {
          if (found!.changed[column]) return column in each;
          return (
            canonicalJson(read(each[column])) === canonicalJson(read(value))
          );
        }),
      );
      expect({ table, kind: found!.kind, same: same.length > 0 }).toEqual({
        table,
        kind: how?.kind,
        same: true,
      });
    }
    expect(exported.tables.flatMap(({ rows }) => rows)).toHaveLength(
      about.length,
    );
    const text = JSON.stringify(exported);
    for (const other of await textsOf('bystander')) {
      expect(text).not.toContain(other);
    }
    expect(text).not.toMatch(/user:default\/owner|"kept"|SECRET/);
  });

  it('knows of every table with a column that names somebody', () => {
    const forgotten = Object.entries(tables).filter(
      ([key, { columns }]) =>
        personal[key as keyof typeof tables] === null &&
        Object.keys(columns).some(column =>
          /(^|_)(learner|user|person|by|award|run|attempt)(_|$)/.test(column),
        ),
    );
    expect(forgotten).toEqual([]);
  });

  /** One value, however a database or the export writes it. */
  function read(value: unknown): unknown {
    if (typeof value === 'string') {
      if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return Date.parse(value);
      if (/^-?\d+$/.test(value)) return Number(value);
      try {
        return JSON.parse(value);
      } catch {
        return value;
      }
    }
    return typeof value === 'boolean' ? Number(value) : value ?? null;
  }

  it('is for nobody else, whatever they may do: neither attempts nor runs nor files', async () => {
    const learner = await learnerOf('learner');
    const [attempt] = await dojo.db('attempts').where({ learner_id: learner });
    const [run] = await dojo.db('lab_runs').where({ learner_id: learner });
    const { id: award } = belts.learner.award!;
    for (const name of ['lead', 'second', 'owner', 'bystander', 'guest']) {
      for (const path of [
        `/attempts/${attempt.id}`,
        `/runs/${run.id}`,
        `/awards/${award}/file?kind=json`,
      ]) {
        await who(name).get(path).expect(404);
      }
      const texts = [
        (await who(name).get('/mine').expect(200)).text,
        (await who(name).get('/mine/export').expect(200)).text,
      ].join();
      expect(texts).not.toContain(learner);
      expect(texts).not.toContain(attempt.id);
    }
    for (const path of ['/mine', '/mine/export', '/teams']) {
      await dojo.service.get(path).expect(403);
      await dojo.plugin('delivery').get(path).expect(403);
    }
  });

  it('names a holder on the public page from when they want it until they do not', async () => {
    const { id: credential } = belts.bystander.award!.credential!;
    const page = async () =>
      (await dojo.nobody.get(`/public/credentials/${credential}`)).text;
    expect(await page()).toContain('The bystander');
    const person = who('bystander');
    const choices = { showBelts: true, showName: false };
    await person.put('/mine/choices', choices).expect(200);
    expect(await page()).not.toContain('The bystander');
    await who('guest').put('/mine/choices', choices).expect(403);
  });

  it('forgets answers, evidence and looks once they are old, and not how it ended', async () => {
    const learner = await learnerOf('bystander');
    const own = { learner_id: learner };
    const years = { evidence: 730 * DAY, answers: 730 * DAY, looks: 730 * DAY };
    const at = (now: number) =>
      forget({ db: dojo.db, now: () => now, retention: years });
    expect(await at(Date.now() + 729 * DAY)).toBe(0);
    expect(await at(Date.now() + 760 * DAY)).toBeGreaterThan(3);
    expect(await at(Date.now() + 760 * DAY)).toBe(0);
    const [attempt] = await dojo.db('attempts').where(own);
    expect(attempt).toMatchObject({ answers: '[]', questions: '[]' });
    expect(JSON.parse(attempt.result).earned.numerator).toBe('4');
    const [run] = await dojo.db('lab_runs').where(own);
    const [step] = await dojo.db('lab_steps').where({ run_id: run.id });
    const { excerpt, digest } = JSON.parse(step.evidence);
    expect({ excerpt, digest }).toEqual({
      excerpt: '',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await dojo.db('looks')).toEqual([]);
    // Pages of what was forgotten open as before.
    const person = who('bystander');
    await person.get(`/attempts/${attempt.id}`).expect(200);
    await person.get(`/runs/${run.id}`).expect(200);
    const { body: belt } = await person.get('/belts/white').expect(200);
    expect(belt.left).toEqual([]);
  });

  it('erases after seven days what was not taken back, and leaves what was counted', async () => {
    await who('lead').post('/teams/look', { group: TEAM }).expect(200);
    const person = who('learner');
    const { id: credential } = belts.learner.award!.credential!;
    const file = await person
      .get(`/awards/${belts.learner.award!.id}/file?kind=json`)
      .responseType('blob');
    await who('stranger').post('/mine/erasure', {}).expect(404);
    await person.post('/mine/erasure', {}).expect(204);
    const days = (n: number) => ({
      db: dojo.db,
      now: () => Date.now() + n * DAY,
    });
    expect(await eraseDue(days(6.99))).toBe(0);
    await person.post('/mine/erasure/cancel').expect(204);
    expect((await mine('learner')).erasure).toBeNull();
    expect(await eraseDue(days(8))).toBe(0);
    await person.post('/mine/erasure', { keep: [credential] }).expect(204);
    expect((await mine('learner')).erasure).toMatchObject({
      keep: [credential],
    });
    const texts = [...(await textsOf('learner')), credential, REASON];
    const before = await everyRow(dojo.db);
    const others = await textsOf('bystander');
    const count = (rows: typeof before, table: string) =>
      rows.filter(each => each.table === table).length;

    expect(await eraseDue(days(7.01))).toBe(1);
    expect(await eraseDue(days(7.01))).toBe(0);

    const after = await everyRow(dojo.db);
    expect(rowsWith(after, texts)).toEqual([]);
    for (const table of ['awards', 'credentials', 'team_figures']) {
      expect(count(after, table)).toBe(count(before, table));
    }
    const figures = after.find(({ table }) => table === 'team_figures')!.row;
    expect(figures).toMatchObject({ erased: 1, group_ref: TEAM });
    expect(JSON.parse(String(figures.figures)).completions).toBe(7);
    expect(rowsWith(after, others)).toEqual(rowsWith(before, others));

    // The file still verifies; by its id there is nothing.
    await dojo.nobody.get(`/public/credentials/${credential}`).expect(404);
    const verified = await dojo.nobody
      .post('/public/verify')
      .field('text', file.body.toString());
    expect(verified.text).toContain('data-verdict="valid"');
    const { achievement } = JSON.parse(file.body).credentialSubject;
    await dojo.nobody
      .get(`/public${achievement.id.split('/public')[1]}`)
      .expect(200);
    expect(await mine('learner')).toMatchObject({ since: null, kept: [] });
    // Whoever comes back is new.
    const { body: belt } = await person.get('/belts/white').expect(200);
    expect(belt.award).toBeNull();
  });

  it('writes nothing about somebody who is erased at that moment', async () => {
    // SQLite has one writer: nobody is in the middle of anything.
    if (!isPostgres(dojo.db)) return;
    const person = who('racer');
    const { body: module } = await person.get('/modules/one').expect(200);
    const { body: belt } = await person.get('/belts/white').expect(200);
    const lab = module.labs[0].id;
    const { body: attempt } = await person.post('/attempts', {
      quiz: belt.exam.id,
    });
    await person.post('/runs', { lab }).expect(201);
    const learner = await learnerOf('racer');
    const asked = await dojo.db.transaction(async tx => {
      await tx('learners').where({ id: learner }).forUpdate();
      const writes = [
        person.put(`/attempts/${attempt.id}/answers`, { seq: 1, answers: [] }),
        person.post('/runs', { lab, restart: true }),
        person.put('/mine/choices', { showBelts: true, showName: true }),
      ].map(async request => (await request).status);
      // All of them know the learner, and wait.
      await until(async () => {
        const { rows } = await tx.raw(
          `select distinct pid from pg_locks where not granted and pid in (select pid from pg_locks
            where database = (select oid from pg_database where datname = current_database()))`,
        );
        return rows.length === writes.length;
      });
      for (const { how } of personalTables) {
        await how.erase(
          tx,
          { userRef: 'user:default/racer', learner },
          { keep: new Set(), now: 0, tombstones: new Map() },
        );
      }
      return writes;
    });
    expect(await Promise.all(asked)).toEqual([404, 404, 404]);
    expect(rowsWith(await everyRow(dojo.db), [learner])).toEqual([]);
  });

  it('revokes certificates that are not kept', async () => {
    const person = who('bystander');
    const file = await person
      .get(`/awards/${belts.bystander.award!.id}/file?kind=json`)
      .responseType('blob');
    await person.post('/mine/erasure', {}).expect(204);
    expect(
      await eraseDue({ db: dojo.db, now: () => Date.now() + 8 * DAY }),
    ).toBe(1);
    const verified = await dojo.nobody
      .post('/public/verify')
      .field('text', file.body.toString());
    expect(verified.text).toContain('data-verdict="revoked"');
  });
});
