import { publicKeyOf } from './keys';
import { LIST_CONTEXTS } from './contexts';
import { readLimited } from './limits';
import { holds, type Document } from './proof';
import { proofSchema } from './shape';
import { isSet } from './statusList';
import { verifyBadge, type TrustedKey, type Verification } from './verify';

/** What a bundle holds; whoever made it may have written anything. */
export interface Bundle {
  credential: unknown;
  issuer: unknown;
  statusList: unknown;
}

/**
 * Verifies a bundle without any portal, by keys that somebody was given apart from
 * it: a key that only the bundle names proves nothing.
 *
 * @param multikeys - of the issuer, as its profile or its people tell them
 */
export async function verifyBundle(
  { credential, statusList }: Bundle,
  {
    issuer,
    multikeys,
    now,
  }: { issuer: string; multikeys: string[]; now: number },
): Promise<Verification> {
  const keys = new Map<string, TrustedKey>(
    multikeys.map(multikey => [
      `${issuer}#${multikey}`,
      { multikey, expires: null, revoked: false },
    ]),
  );
  const list = await soundList(statusList, issuer, keys, now);
  return verifyBadge(JSON.stringify(credential), {
    issuers: new Map([[issuer, { id: issuer, name: issuer, keys }]]),
    now: () => now,
    statusOf: async ({ credentialStatus }) => {
      if (
        !credentialStatus ||
        list?.id !== credentialStatus.statusListCredential
      ) {
        return undefined;
      }
      const index = Number(credentialStatus.statusListIndex);
      const set = isSet(list.encoded, index);
      if (set === undefined) return undefined;
      return set ? 'revoked' : 'good';
    },
  });
}

/** A status list that the issuer signed and that still holds. */
async function soundList(
  value: unknown,
  issuer: string,
  keys: ReadonlyMap<string, TrustedKey>,
  now: number,
): Promise<{ id: string; encoded: string } | undefined> {
  // What a library further down would accept is refused here as it is in badges.
  const read = readLimited(JSON.stringify(value) ?? '');
  if ('fault' in read) return undefined;
  const list = read.value as Document & {
    credentialSubject?: { encodedList?: unknown };
  };
  const contexts = JSON.stringify(list['@context']);
  if (!LIST_CONTEXTS.some(each => JSON.stringify(each) === contexts)) {
    return undefined;
  }
  const { data: proof } = proofSchema.safeParse(list.proof);
  const known = proof && keys.get(proof.verificationMethod);
  const key = known && publicKeyOf(known.multikey);
  const encoded = list.credentialSubject?.encodedList;
  if (
    !key ||
    list.issuer !== issuer ||
    typeof list.id !== 'string' ||
    typeof encoded !== 'string' ||
    !(now <= Date.parse(String(list.validUntil)))
  ) {
    return undefined;
  }
  try {
    return (await holds(list, proof, key))
      ? { id: list.id, encoded }
      : undefined;
  } catch {
    // What cannot be canonicalised was not signed like this.
    return undefined;
  }
}
