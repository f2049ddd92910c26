import { randomBytes, randomInt } from 'node:crypto';
import { validUntil } from '@fawkes/backstage-plugin-dojo-common/rules';
import {
  insertRows,
  inTransaction,
  lock,
  sha256,
} from '@fawkes/kit-backend/sql';
import type { Teller } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import type { Criteria } from '../belts/award';
import { tables, type AwardRow, type CredentialRow } from '../store/tables';
import { OB303, VC2 } from './contexts';
import { secondOf, type Issuer } from './issuer';
import { signed } from './proof';
import { LIST_LENGTH } from './statusList';

/** What issuing needs. */
export interface IssueDeps {
  db: Knex;
  issuer: Issuer;
  now(): number;
  /** The address of a person; undefined where nobody knows one. */
  emailOf(userRef: string): Promise<string | undefined>;
}

/** A new list is begun when the one before is half full. */
const MOST_OF_A_LIST = LIST_LENGTH / 2;

/** Makes the certificate of an award, once however often it is asked. */
export function certifyTeller(deps: IssueDeps): Teller {
  return async payload => {
    const { award: id } = payload as { award: string };
    const { db } = deps;
    const award: (AwardRow & { user_ref: string }) | undefined = await db(
      tables.awards.name,
    )
      .join('learners', 'learners.id', 'awards.learner_id')
      .where('awards.id', id)
      .first('awards.*', 'learners.user_ref');
    if (!award) return { refused: 'the award is gone' };
    await issue(award, deps);
    return 'told';
  };
}

/** Signs a certificate and keeps it; the one that is there stays. */
export async function issue(
  award: AwardRow & { user_ref: string },
  { db, issuer, now, emailOf }: IssueDeps,
): Promise<void> {
  const email = await emailOf(award.user_ref);
  const id = randomBytes(16).toString('hex');
  const at = now();
  await inTransaction(db, async tx => {
    await lock(tx, ['status lists'], 'alone');
    const edition = { award_id: award.id, edition: 1 };
    const known = await tx(tables.credentials.name).where(edition).first('id');
    if (known) return;
    const place = await freePlace(tx);
    const until = endOf(award);
    const document = badgeOf(award, { id, issuer, email, place, until });
    const { revoked_at: revokedAt } = await tx(tables.awards.name)
      .where({ id: award.id })
      .first('revoked_at');
    const row: CredentialRow = {
      ...edition,
      id,
      issuer_url: issuer.url,
      status_list: place.list,
      status_index: place.index,
      issued_at: at,
      valid_until: until,
      signed: JSON.stringify(await signed(document, issuer.signer(at))),
      // Taken back in the meantime, it is born so.
      revoked_at: revokedAt,
      reason: revokedAt === null ? null : 'revoked',
    };
    await insertRows(tx, tables.credentials, [row]);
    if (revokedAt === null) return;
    await tx(tables.statusLists.name)
      .where({ number: place.list })
      .update({ stale: true });
  });
}

/** An entry that nobody had: by chance, so that it tells nothing of when. */
async function freePlace(
  tx: Knex.Transaction,
): Promise<{ list: number; index: number }> {
  const row = await tx(tables.credentials.name)
    .max({ list: 'status_list' })
    .first();
  const newest = row?.list ?? 1;
  const [{ count }] = await tx(tables.credentials.name)
    .where({ status_list: newest })
    .count({ count: '*' });
  const list = Number(count) < MOST_OF_A_LIST ? newest : newest + 1;
  for (;;) {
    const index = randomInt(LIST_LENGTH);
    const place = { status_list: list, status_index: index };
    const taken = await tx(tables.credentials.name).where(place).first('id');
    if (!taken) return { list, index };
  }
}

/** When an award is valid no more, ms; null where it does not end. */
function endOf({ awarded_at: at, criteria }: AwardRow): number | null {
  const { validity }: Criteria = JSON.parse(criteria);
  return validity === null ? null : validUntil(at, validity);
}

function badgeOf(
  award: AwardRow,
  {
    id,
    issuer,
    email,
    place,
    until,
  }: {
    id: string;
    issuer: Issuer;
    email: string | undefined;
    place: { list: number; index: number };
    until: number | null;
  },
) {
  const criteria: Criteria = JSON.parse(award.criteria);
  const list = `${issuer.url}/public/status/${place.list}`;
  return {
    '@context': [VC2, OB303],
    id: `${issuer.url}/public/credentials/${id}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: {
      id: issuer.id,
      type: ['Profile'],
      name: issuer.name,
      url: issuer.url,
    },
    validFrom: secondOf(award.awarded_at),
    ...(until !== null && { validUntil: secondOf(until) }),
    name: `${criteria.title} belt`,
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [identityOf(award.learner_id, email)],
      achievement: {
        id: `${issuer.url}/public/achievements/${award.belt_id}/${award.rule_digest}`,
        type: ['Achievement'],
        name: `${criteria.title} belt: ${criteria.certificate}`,
        description: `Whoever holds it can: ${criteria.objectives.join('; ')}.`,
        criteria: { narrative: narrativeOf(criteria) },
      },
    },
    credentialStatus: {
      id: `${list}#${place.index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(place.index),
      statusListCredential: list,
    },
  };
}

/** What was asked, in words that stay true when the content changes. */
export function narrativeOf({
  curriculum,
  version,
  publicItems,
}: Criteria): string {
  const items = publicItems
    ? ' The questions of its exam and their answers are public.'
    : '';
  return `Earned in the curriculum ${curriculum}, version ${version}, by its modules with their quizzes and labs, and by its exam.${items}`;
}

/** Whose it is, so that who knows the address can ask and nobody else reads it. */
function identityOf(learner: string, email: string | undefined) {
  const salt = randomBytes(16).toString('hex');
  const value = email ? email.trim().toLowerCase() : learner;
  return {
    type: 'IdentityObject',
    hashed: true,
    identityHash: identityHash(value, salt),
    identityType: email ? 'emailAddress' : 'systemId',
    salt,
  };
}

/** The hash of an identity, as Open Badges writes it. */
export function identityHash(value: string, salt: string): string {
  return `sha256$${sha256(value + salt)}`;
}
