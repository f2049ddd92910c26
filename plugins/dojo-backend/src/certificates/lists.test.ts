import { TestDatabases } from '@backstage/backend-test-utils';
import { inTransaction, insertRows, lock } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { MIGRATIONS } from '../store/database';
import { tables } from '../store/tables';
import { Issuer, type IssuerConfig } from './issuer';
import { multikeyOf, privateKeyOf } from './keys';
import { statusList } from './lists';
import { verifyHere } from './own';
import { signed, type Document } from './proof';
import { isSet } from './statusList';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NOW = Date.parse('2026-11-30T12:00:00Z');
const now = () => NOW;
const URL = 'https://portal.example.org/api/dojo';
const seed = (byte: number) => Buffer.alloc(32, byte);

const configOf = (over: Partial<IssuerConfig> = {}): IssuerConfig => ({
  url: URL,
  name: 'Portal',
  keys: [{ seed: seed(1).toString('base64'), expires: null, revoked: false }],
  aliases: [],
  pinned: [],
  sample: false,
  ...over,
});

describe.each(databases.eachSupportedId())('status lists, %s', databaseId => {
  let db: Knex;
  let issuer: Issuer;

  beforeAll(async () => {
    db = await databases.init(databaseId);
    await db.migrate.latest({ directory: MIGRATIONS });
    issuer = await Issuer.open(db, configOf());
    await insertRows(
      db,
      tables.credentials,
      [5, 9].map(index => ({
        id: `certificate-${index}`,
        award_id: `award-${index}`,
        edition: 1,
        issuer_url: URL,
        status_list: 1,
        status_index: index,
        issued_at: NOW,
        valid_until: null,
        signed: '{}',
        revoked_at: null,
        reason: null,
      })),
    );
  });

  const list = async (by = issuer) =>
    JSON.parse((await statusList(1, { db, issuer: by, now }))!);
  const takenBack = async () => {
    const { credentialSubject } = await list();
    return [5, 9].filter(index => isSet(credentialSubject.encodedList, index));
  };
  const takeBack = async (tx: Knex.Transaction, index: number) => {
    await lock(tx, ['status lists'], 'alone');
    await tx(tables.credentials.name)
      .where({ status_index: index })
      .update({ revoked_at: NOW, reason: 'revoked' });
    await tx(tables.statusLists.name).update({ stale: true });
  };

  it('are signed once, and not at all where nobody has an entry', async () => {
    expect(await takenBack()).toEqual([]);
    expect(await list()).toEqual(await list());
    expect(await statusList(2, { db, issuer, now })).toBeUndefined();
    expect(await db(tables.statusLists.name)).toHaveLength(1);
  });

  it('lose nothing that is taken back while they are signed', async () => {
    await inTransaction(db, tx => takeBack(tx, 5));
    let asked!: Promise<unknown>;
    await inTransaction(db, async tx => {
      await takeBack(tx, 9);
      // The list is stale already, so that it is made anew meanwhile.
      asked = list();
      await new Promise(resolve => setTimeout(resolve, 200));
    });
    await asked;
    expect(await takenBack()).toEqual([5, 9]);
  });

  it('are signed anew with the key that signs now, whatever was kept of another', async () => {
    const before = await list();
    const next = await Issuer.open(
      db,
      configOf({
        keys: [
          { seed: seed(2).toString('base64'), expires: null, revoked: false },
          { seed: seed(1).toString('base64'), expires: null, revoked: true },
        ],
      }),
    );
    const after = await list(next);
    expect(after.proof.verificationMethod).not.toBe(
      before.proof.verificationMethod,
    );
    expect(after.proof.verificationMethod).toBe(next.signer(NOW).method);
  });

  it('say nothing about certificates of others, who may name them too', async () => {
    const other = 'https://other.example.org/issuer';
    const key = privateKeyOf(seed(3));
    const multikey = multikeyOf(key);
    const pinned = [{ id: other, name: 'Other', multikeys: [multikey] }];
    const trusting = await Issuer.open(db, configOf({ pinned }));
    const badge: Document = {
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: 'https://other.example.org/1',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: other, type: ['Profile'], name: 'Other' },
      validFrom: '2026-11-30T11:00:00Z',
      credentialSubject: {
        type: ['AchievementSubject'],
        achievement: {
          id: 'https://other.example.org/a',
          type: ['Achievement'],
          name: 'A',
          criteria: { narrative: 'A' },
        },
      },
      credentialStatus: {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '5',
        statusListCredential: `${URL}/public/status/1`,
      },
    };
    const theirs = await signed(badge, {
      key,
      method: `${other}#${multikey}`,
      created: '2026-11-30T11:00:00Z',
    });
    const { verdict, steps } = await verifyHere(JSON.stringify(theirs), {
      db,
      issuer: trusting,
      now,
    });
    expect([verdict, steps.at(-2)]).toEqual([
      'unchecked',
      { step: 'status', outcome: 'unchecked' },
    ]);
  });
});
