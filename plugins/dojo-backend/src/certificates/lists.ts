import { insertRows, inTransaction, lock } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';
import { VC2 } from './contexts';
import { secondOf, type Issuer } from './issuer';
import { signed } from './proof';
import { encodeList } from './statusList';

const DAY_MS = 86_400_000;
/** Whoever has one looks again after that, ms. */
const TTL_MS = 300_000;

/** What signing a list needs. */
interface ListDeps {
  db: Knex;
  issuer: Issuer;
  now(): number;
}

/**
 * A status list, signed: the one that is kept, or a new one where something was
 * taken back since, the key is another, or a day has gone by.
 *
 * @returns undefined for a list there is not
 */
export async function statusList(
  number: number,
  deps: ListDeps,
): Promise<string | undefined> {
  const { db } = deps;
  const kept = await freshOf(db, number, deps);
  if (kept) return kept;
  const isList = await db(tables.credentials.name)
    .where({ status_list: number })
    .first('id');
  if (!isList) return undefined;
  return inTransaction(db, async tx => {
    // Whoever takes something back waits: a list without it would hide it for a day.
    await lock(tx, ['status lists'], 'alone');
    return (await freshOf(tx, number, deps)) ?? signList(tx, number, deps);
  });
}

/** The list that is kept, as long as it says what is so. */
async function freshOf(
  db: Knex,
  number: number,
  { issuer, now }: ListDeps,
): Promise<string | undefined> {
  const at = now();
  const kept = await db(tables.statusLists.name).where({ number }).first();
  if (!kept || kept.stale || at - kept.signed_at >= DAY_MS) return undefined;
  const { proof } = JSON.parse(kept.signed);
  const isOfKey = proof.verificationMethod === issuer.signer(at).method;
  return isOfKey ? kept.signed : undefined;
}

async function signList(
  tx: Knex.Transaction,
  number: number,
  { issuer, now }: ListDeps,
): Promise<string> {
  const at = now();
  const set: number[] = await tx(tables.credentials.name)
    .where({ status_list: number })
    .whereNotNull('revoked_at')
    .pluck('status_index');
  const id = `${issuer.url}/public/status/${number}`;
  const document = await signed(
    {
      '@context': [VC2],
      id,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: issuer.id,
      validFrom: secondOf(at),
      validUntil: secondOf(at + 30 * DAY_MS),
      credentialSubject: {
        id: `${id}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        ttl: TTL_MS,
        encodedList: encodeList(set),
      },
    },
    issuer.signer(at),
  );
  const row = {
    number,
    signed_at: at,
    signed: JSON.stringify(document),
    stale: false,
  };
  await insertRows(tx, tables.statusLists, [row], {
    update: ['signed_at', 'signed', 'stale'],
  });
  return row.signed;
}
