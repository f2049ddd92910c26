import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Team } from '@fawkes/backstage-plugin-dojo-common';
import { curriculumWithExam } from '../__testUtils__/labWorld';
import { folderOf, startDojo, type TestDojo } from '../__testUtils__/testDojo';
import { Library } from '../content/library';
import { countTeams } from '../teams/count';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 86_400_000;
const person = (n: number) => `user:default/p${n}`;

function group(
  name: string,
  members: number[],
  parent?: string,
  lead?: string,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      annotations: lead ? { 'fawkes.dev/dojo-lead': lead } : {},
    },
    spec: { type: 'team', children: [] },
    relations: [
      ...members.map(n => ({ type: 'hasMember', targetRef: person(n) })),
      ...(parent
        ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
        : []),
    ],
  };
}
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => from + n);

describe.each(databases.eachSupportedId())('teams, %s', id => {
  let dojo: TestDojo;
  let remove: () => Promise<void>;
  let module: string;
  /** Groups as the catalog has them when they are counted. */
  const count = (entities: Entity[], now = Date.now()) =>
    countTeams({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities }),
      db: dojo.db,
      library: new Library(dojo.db),
      now: () => now,
    });
  // Twelve of twenty learn in one, six in the one beside it, two in the small one.
  const world = (large = range(0, 20)) => [
    group('all', []),
    group('large', large, 'all', 'p0'),
    group('beside', range(20, 26), 'all'),
    group('alone', range(30, 33), undefined, 'p30'),
  ];
  const learn = (people: number[]) =>
    dojo.db('learners').insert(
      people.map(n => ({
        id: `learner-${n}`,
        user_ref: person(n),
        created_at: 1,
      })),
    );
  const complete = (people: number[]) =>
    dojo.db('completions').insert(
      people.map(n => ({
        learner_id: `learner-${n}`,
        module_id: module,
        version: '1.0.0',
        at: 1,
      })),
    );
  const teamOf = async (n: number, name: string): Promise<Team> => {
    const { body } = await dojo.person(person(n)).get('/teams').expect(200);
    return body.items.find(
      (each: Team) => each.group === `group:default/${name}`,
    );
  };

  beforeAll(async () => {
    const folder = await folderOf(curriculumWithExam());
    remove = folder.remove;
    dojo = await startDojo(await databases.init(id), [folder.folder], {
      catalog: catalogServiceMock({ entities: world() }),
    });
    const { body } = await dojo.me.get('/modules/one').expect(200);
    module = body.id;
    await learn([...range(0, 12), ...range(20, 26), 30, 31]);
    await complete([...range(0, 7), 20]);
    await count(world());
  });
  afterAll(() => remove());

  it('are told as sums, where neither those who have it nor the others are a handful', async () => {
    const large = await teamOf(3, 'large');
    expect(large).toMatchObject({
      leads: false,
      hidden: null,
      figures: {
        people: 12,
        completions: 7,
        modules: [{ slug: 'one', title: 'One', people: 7 }],
        belts: [{ slug: 'white', title: 'White', people: null }],
      },
      shown: [],
    });
    // Whoever is in a group is in those around it.
    expect(await teamOf(3, 'all')).toMatchObject({
      figures: { people: 18, completions: 8, modules: [{ people: 8 }] },
    });
    // One of six would tell of somebody; so would that six of six learn.
    expect(await teamOf(20, 'beside')).toMatchObject({
      figures: { people: null, modules: [{ people: null }] },
    });
    expect(await teamOf(31, 'alone')).toMatchObject({
      figures: null,
      hidden: 'few',
    });
    expect(await teamOf(3, 'alone')).toBeUndefined();
    const { body } = await dojo.person(person(0)).get('/teams').expect(200);
    expect(body.items.map((each: Team) => each.group)).toEqual([
      'group:default/large',
      'group:default/all',
    ]);
    expect(
      await dojo.db('team_people').where('group_ref', 'like', '%alone'),
    ).toEqual([]);
  });

  it('stay as they were when one person comes, for thirty days', async () => {
    const now = Date.now();
    await learn([12]);
    await complete([12]);
    await count(world(), now + DAY);
    expect((await teamOf(3, 'large')).figures).toMatchObject({
      people: 12,
      completions: 7,
    });
    await count(world(), now + 31 * DAY);
    expect((await teamOf(3, 'large')).figures).toMatchObject({
      people: 13,
      completions: 8,
    });
    // A group that is gone is forgotten with everybody in it.
    await count(world().slice(0, 2), now + 62 * DAY);
    expect(await teamOf(20, 'beside')).toMatchObject({ hidden: 'later' });
  });

  it('show the belts of those who want that, and of nobody else', async () => {
    const award = (n: number, more = {}) => ({
      id: `award-${n}`,
      learner_id: `learner-${n}`,
      curriculum_id: 'c',
      belt_id: 'b',
      belt: 'white',
      generation: 1,
      awarded_at: 1,
      fact_at: 1,
      revision_id: 'r',
      rule_digest: 'd',
      criteria: JSON.stringify({ title: 'White' }),
      ...more,
    });
    await dojo
      .db('awards')
      .insert([award(0), award(1), award(2, { revoked_at: 2 })]);
    for (const n of [1, 2, 3]) {
      await dojo
        .person(person(n))
        .put('/mine/choices', { showBelts: true, showName: false })
        .expect(200);
    }
    expect((await teamOf(5, 'large')).shown).toEqual([
      { person: person(1), belts: ['White'] },
    ]);
  });

  it('are looked at one by one by their lead only, and everybody is told who did', async () => {
    const ask = (n: number, name = 'large') =>
      dojo
        .person(person(n))
        .post('/teams/look', { group: `group:default/${name}` });
    const { body: refused } = await ask(1).expect(403);
    expect(refused.error.code).toBe('team.not_yours');
    // There is no such group; nobody leads this one.
    for (const name of ['none', 'beside']) {
      const { body } = await ask(0, name).expect(403);
      expect(body.error).toMatchObject({
        code: refused.error.code,
        message: refused.error.message,
      });
    }
    const { body, text } = await ask(0).expect(200);
    expect(body.members).toHaveLength(20);
    expect(body.members.slice(6, 9)).toEqual([
      { person: person(6), belts: [], modules: ['one'] },
      { person: person(7), belts: [], modules: [] },
      { person: person(8), belts: [], modules: [] },
    ]);
    // Neither when, nor how often, nor that somebody failed or goes on.
    expect(text).not.toMatch(/attempt|fail|score|startedAt|passedAt|learner-/);
    const { body: mine } = await dojo.person(person(6)).get('/mine');
    expect(mine.looks).toMatchObject([
      { by: person(0), group: 'group:default/large' },
    ]);
    // One's own look at oneself is none, and whoever does not learn was not seen.
    expect(await dojo.db('looks')).toHaveLength(12);
    expect(dojo.audits).toContainEqual(
      expect.objectContaining({
        eventId: 'team-mutate',
        outcome: 'success',
        meta: expect.objectContaining({ actionType: 'look' }),
      }),
    );
    dojo.policy.set('dojo.lead', 'deny');
    await ask(0).expect(403);
    dojo.policy.clear();
  });
});
