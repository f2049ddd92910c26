import { TestDatabases } from '@backstage/backend-test-utils';
import {
  readCurriculum,
  splitCurriculum,
  type PublishedBelt,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { inTransaction, insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { curriculumOf } from '../__testUtils__/labWorld';
import { Revision } from '../content/library';
import { MIGRATIONS } from '../store/database';
import { tables } from '../store/tables';
import { awardBelts } from './award';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NOW = Date.parse('2026-11-30T12:00:00Z');
const ROUNDS = Number(process.env.FAWKES_ROUNDS ?? 1);

/** A shelf whose belts are these. */
function shelfOf(
  change: (white: PublishedBelt) => PublishedBelt[] = white => [white],
) {
  const { curriculum } = readCurriculum(curriculumOf({ types: ['visited'] }));
  const { published, keys, labKeys } = splitCurriculum(curriculum);
  const belts = change(published.belts[0]);
  return new Revision('revision', { ...published, belts }, keys, labKeys);
}

describe.each(databases.eachSupportedId())('awards, %s', databaseId => {
  let db: Knex;
  let people = 0;

  beforeAll(async () => {
    db = await databases.init(databaseId);
    await db.migrate.latest({ directory: MIGRATIONS });
  });

  async function somebody(): Promise<string> {
    const id = `learner-${++people}`;
    await insertRows(db, tables.learners, [
      { id, user_ref: `user:default/${id}`, created_at: 1 },
    ]);
    return id;
  }
  const complete = (tx: Knex, learner: string, module: string, at = NOW - 5) =>
    insertRows(
      tx,
      tables.completions,
      [{ learner_id: learner, module_id: module, version: '1.0.0', at }],
      'keep',
    );
  const award = (learner: string, shelf = shelfOf(), at = NOW) =>
    inTransaction(db, tx => awardBelts(tx, learner, [shelf], at));
  const awards = (learner: string) =>
    db(tables.awards.name).where({ learner_id: learner }).orderBy('belt');
  const messages = async (learner: string) => {
    const ids = (await awards(learner)).map(({ id }) => id);
    const rows = await db(tables.outbox.name).select('id', 'kind');
    return rows
      .filter(({ id }) => ids.some(each => id.endsWith(each)))
      .map(({ kind }) => kind)
      .sort();
  };

  it('are one, with one notification and one certificate, of 100 evaluations at once', async () => {
    const shelf = shelfOf();
    const [{ id: module }] = shelf.content.modules;
    for (let round = 0; round < ROUNDS; round++) {
      const learner = await somebody();
      await complete(db, learner, module);
      const all = await Promise.all(
        Array.from({ length: 100 }, () => award(learner, shelf)),
      );
      expect(all.flat()).toHaveLength(1);
      expect(await awards(learner)).toHaveLength(1);
      expect(await messages(learner)).toEqual(['awarded', 'certify']);
    }
  }, 60_000);

  it('are not missed when the last two facts come at once', async () => {
    const shelf = shelfOf(white => [
      {
        ...white,
        award: {
          all: [white.award, { count: 'deployment', min: '2' }],
        },
      },
    ]);
    const [{ id: module }] = shelf.content.modules;
    const deployed = (learner: string, key: string) =>
      inTransaction(db, async tx => {
        await insertRows(tx, tables.countedFacts, [
          {
            learner_id: learner,
            type: 'deployment',
            key,
            at: NOW - 1,
            fields: '{}',
          },
        ]);
        await awardBelts(tx, learner, [shelf], NOW);
      });
    for (let round = 0; round < 10; round++) {
      const learner = await somebody();
      await Promise.all([
        deployed(learner, 'one'),
        deployed(learner, 'two'),
        inTransaction(db, async tx => {
          await complete(tx, learner, module);
          await awardBelts(tx, learner, [shelf], NOW);
        }),
      ]);
      expect(await awards(learner)).toHaveLength(1);
    }
  });

  it('wait for their rule, and know when the last fact came', async () => {
    const learner = await somebody();
    expect(await award(learner)).toEqual([]);
    await complete(db, learner, shelfOf().content.modules[0].id, NOW - 7);
    expect(await award(learner, shelfOf(), NOW - 8)).toEqual([]);
    const [row] = await award(learner);
    expect(row).toMatchObject({
      belt: 'white',
      generation: 1,
      awarded_at: NOW,
      fact_at: NOW - 7,
      revoked_at: null,
    });
    expect(JSON.parse(row.criteria)).toMatchObject({
      title: 'White',
      certificate: 'Somebody',
    });
  });

  it('come in their order when several are earned at once', async () => {
    const shelf = shelfOf(white => [
      white,
      {
        ...white,
        id: 'yellow-id',
        slug: 'yellow',
        award: { all: [{ belt: 'white' }, white.award] },
      },
    ]);
    const learner = await somebody();
    await complete(db, learner, shelf.content.modules[0].id);
    const fresh = await award(learner, shelf);
    expect(fresh.map(({ belt }) => belt)).toEqual(['white', 'yellow']);
  });

  it('are not given for a belt in preparation, nor again after a revocation', async () => {
    const inPreparation = shelfOf(white => [{ ...white, inPreparation: true }]);
    const learner = await somebody();
    await complete(db, learner, inPreparation.content.modules[0].id);
    expect(await award(learner, inPreparation)).toEqual([]);
    const [{ id }] = await award(learner);
    await db(tables.awards.name).where({ id }).update({ revoked_at: NOW });
    expect(await award(learner)).toEqual([]);
    expect(await awards(learner)).toHaveLength(1);
  });
});
