import { TestDatabases } from '@backstage/backend-test-utils';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Criteria } from '../belts/award';
import { MIGRATIONS } from '../store/database';
import { tables, type AwardRow } from '../store/tables';
import { issue } from './issue';
import { Issuer } from './issuer';
import { verifyHere } from './own';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NOW = Date.parse('2028-02-29T12:00:00Z');

describe.each(databases.eachSupportedId())('issuing, %s', databaseId => {
  let db: Knex;
  let issuer: Issuer;
  let count = 0;

  beforeAll(async () => {
    db = await databases.init(databaseId);
    await db.migrate.latest({ directory: MIGRATIONS });
    issuer = await Issuer.open(db, {
      url: 'https://portal.example.org/api/dojo',
      name: 'Portal',
      keys: [],
      aliases: [],
      pinned: [],
      sample: true,
    });
  });

  async function anAward(
    more: Partial<Criteria> = {},
    revokedAt: number | null = null,
  ): Promise<AwardRow & { user_ref: string }> {
    const criteria: Criteria = {
      title: 'Black',
      colour: 'black',
      certificate: 'Platform Architect',
      curriculum: 'Platform',
      version: '1.0.0',
      objectives: ['build one'],
      rule: { all: [] },
      publicItems: false,
      validity: null,
      ...more,
    };
    const row: AwardRow = {
      id: `award-${++count}`,
      learner_id: `learner-${count}`,
      curriculum_id: 'curriculum',
      belt_id: 'belt',
      belt: 'black',
      generation: 1,
      awarded_at: NOW,
      fact_at: NOW,
      revision_id: 'revision',
      rule_digest: 'digest',
      criteria: JSON.stringify(criteria),
      revoked_at: revokedAt,
    };
    await insertRows(db, tables.awards, [row]);
    return { ...row, user_ref: 'user:default/ada' };
  }
  const make = (award: AwardRow & { user_ref: string }) =>
    issue(award, {
      db,
      issuer,
      now: () => NOW,
      emailOf: async () => undefined,
    });
  const certificates = ({ id }: AwardRow) =>
    db(tables.credentials.name).where({ award_id: id });
  const verdictAt = async (signed: string, at: string) => {
    const now = () => Date.parse(at);
    return (await verifyHere(signed, { db, issuer, now })).verdict;
  };

  it('makes one certificate of an award, however often it is asked at once', async () => {
    const award = await anAward();
    await Promise.all(Array.from({ length: 5 }, () => make(award)));
    const rows = await certificates(award);
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0].signed)).not.toHaveProperty('validUntil');
    expect(await verdictAt(rows[0].signed, '2099-01-01T00:00:00Z')).toBe(
      'valid',
    );
  });

  it('says until when it is valid, where it ends', async () => {
    const award = await anAward({ validity: 'P2Y' });
    await make(award);
    const [{ signed, valid_until: until }] = await certificates(award);
    expect(until).toBe(Date.parse('2030-02-28T12:00:00Z'));
    expect(JSON.parse(signed).validUntil).toBe('2030-02-28T12:00:00Z');
    expect(await verdictAt(signed, '2030-02-28T12:00:00Z')).toBe('valid');
    expect(await verdictAt(signed, '2030-02-28T12:00:01Z')).toBe('expired');
  });

  it('lets one be born revoked whose award was taken back meanwhile', async () => {
    const award = await anAward({}, NOW + 1);
    await make({ ...award, revoked_at: null });
    const [{ signed, reason }] = await certificates(award);
    expect(reason).toBe('revoked');
    expect(await verdictAt(signed, '2028-03-01T00:00:00Z')).toBe('revoked');
  });
});
