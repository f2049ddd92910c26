import { Readable } from 'node:stream';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  certificateFileName,
  sayDojo,
  type CertificateFileKind,
} from '@fawkes/backstage-plugin-dojo-common';
import { KeptBytes } from '@fawkes/kit-backend/http';
import { saidError } from '@fawkes/kit-contract';
import type { Criteria } from '../belts/award';
import { findLearner } from '../learn/learners';
import { tables, type AwardRow, type CredentialRow } from '../store/tables';
import { bakePng } from './bakePng';
import { bakeSvg } from './bakeSvg';
import { statusList } from './lists';
import type { VerifyDeps } from './own';
import { certificatePdf } from './pdf';
import { beltPng, beltSvg } from './pictures';

/** Where anybody can verify a certificate. */
export function verifyUrlOf({ issuer_url: url, id }: CredentialRow): string {
  return `${url}/public/credentials/${id}`;
}

/**
 * A certificate of one's own as a file. Nothing is signed by taking it along.
 *
 * @throws NotFoundError for what is not the caller's; ConflictError while it is made
 */
export async function certificateFile(
  userRef: string,
  { award: id, kind }: { award: string; kind: CertificateFileKind },
  deps: VerifyDeps,
): Promise<KeptBytes> {
  const { db } = deps;
  const learner = await findLearner(db, userRef);
  const award: AwardRow | undefined = await db(tables.awards.name)
    .where({ id, learner_id: learner ?? '' })
    .first();
  if (!award) throw saidError(NotFoundError, sayDojo('award.not_found'));
  const credential: CredentialRow | undefined = await db(
    tables.credentials.name,
  )
    .where({ award_id: id })
    .orderBy('edition', 'desc')
    .first();
  if (!credential) throw saidError(ConflictError, sayDojo('award.not_ready'));
  const data = await dataOf(kind, award, credential, deps);
  const name = certificateFileName(award.belt, kind);
  return new KeptBytes(data.length, name, Readable.from([data]));
}

async function dataOf(
  kind: CertificateFileKind,
  award: AwardRow,
  credential: CredentialRow,
  deps: VerifyDeps,
): Promise<Buffer> {
  const criteria: Criteria = JSON.parse(award.criteria);
  const title = `${criteria.title} belt: ${criteria.certificate}`;
  const { signed, valid_until: until } = credential;
  switch (kind) {
    case 'json':
      return Buffer.from(signed);
    case 'svg':
      return Buffer.from(bakeSvg(beltSvg(criteria.colour, title), signed));
    case 'png':
      return bakePng(beltPng(criteria.colour), signed);
    case 'pdf':
      return certificatePdf({
        belt: criteria.title,
        colour: criteria.colour,
        certificate: criteria.certificate,
        curriculum: `${criteria.curriculum} ${criteria.version}`,
        objectives: criteria.objectives,
        publicItems: criteria.publicItems,
        issuer: deps.issuer.name,
        awardedOn: dayOf(award.awarded_at),
        validUntil: until === null ? null : dayOf(until),
        verifyUrl: verifyUrlOf(credential),
      });
    default: {
      const list = await statusList(credential.status_list, deps);
      const bundle = {
        credential: JSON.parse(signed),
        issuer: deps.issuer.profile(),
        statusList: list ? JSON.parse(list) : null,
      };
      return Buffer.from(JSON.stringify(bundle, null, 2));
    }
  }
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
