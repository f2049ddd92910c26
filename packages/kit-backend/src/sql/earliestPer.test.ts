import { TestDatabases } from '@backstage/backend-test-utils';
import { earliestPer } from './earliestPer';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('earliestPer, %s', id => {
  it('finds the earliest for each, also in a join', async () => {
    const db = await databases.init(id);
    await db.schema.createTable('notes', t => {
      t.string('topic');
      t.double('at');
    });
    await db('notes').insert([
      { topic: 'a', at: 30 },
      { topic: 'a', at: 10.5 },
      { topic: 'b', at: -20 },
    ]);
    expect(await earliestPer(db('notes'), 'topic', 'at')).toEqual(
      new Map([
        ['a', 10.5],
        ['b', -20],
      ]),
    );
    expect(
      await earliestPer(
        db('notes')
          .innerJoin({ others: 'notes' }, 'others.topic', 'notes.topic')
          .where('others.at', '>', 0),
        'notes.topic',
        'notes.at',
      ),
    ).toEqual(new Map([['a', 10.5]]));
    expect(
      await earliestPer(db('notes').where('at', '>', 99), 'topic', 'at'),
    ).toEqual(new Map());
  });
});
