import { TestDatabases } from '@backstage/backend-test-utils';
import { createHarness, NOW } from '../__testUtils__/harness';
import { DirtyServices, JUDGE_ONLY } from './dirty';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('DirtyServices, %s', id => {
  it('keeps the earliest of what is stale, of verdicts and of the rest', async () => {
    const { db } = await createHarness(await databases.init(id));
    const outdate = async (...froms: number[]) => {
      const dirty = new DirtyServices();
      for (const from of froms) dirty.add('a', from);
      await db.transaction(tx => dirty.save(tx, NOW));
      const { from_at, judge_from } = await db('dirty_services').first();
      return [from_at, judge_from];
    };
    expect(await outdate(500)).toEqual([500, 500]);
    expect(await outdate(700, 600)).toEqual([500, 500]);
    // An incident: any verdict may be another, and nothing has to be walked.
    expect(await outdate(JUDGE_ONLY)).toEqual([500, 0]);
    await db('dirty_services').delete();
    expect(await outdate(JUDGE_ONLY)).toEqual([JUDGE_ONLY, 0]);
    expect(await outdate(400)).toEqual([400, 0]);
  });

  it('gives verdicts to whoever is about to judge, and keeps the rest', () => {
    const dirty = new DirtyServices();
    dirty.add('only-verdicts', JUDGE_ONLY);
    dirty.add('both', JUDGE_ONLY);
    dirty.add('both', 500);
    dirty.add('a-deployment', 500);
    expect(dirty.takeVerdicts('only-verdicts')).toBe(true);
    expect(dirty.takeVerdicts('both')).toBe(true);
    expect(dirty.takeVerdicts('a-deployment')).toBe(false);
    expect(dirty.takeVerdicts('unheard-of')).toBe(false);
    expect(dirty.size).toBe(2);
  });
});
