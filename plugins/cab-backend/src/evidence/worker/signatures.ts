import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import {
  EvidenceFault,
  type EvidenceTools,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { TrustedKey } from './protocol';

/** What a DSSE signature is over: the type and the payload, with their lengths. */
function signedBytes(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `),
    payload,
  ]);
}

/** Node picks the hash of Ed25519 by itself. */
function holds(key: KeyObject, data: Buffer, signature: Uint8Array): boolean {
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return verify(hash, data, key, signature);
}

/**
 * Tells which of the trusted keys signed an envelope. One that names a trusted key
 * and is not signed by it is refused: somebody pretends.
 */
export function signatureTools(
  keys: readonly TrustedKey[],
): EvidenceTools['signedBy'] {
  const known = keys.map(({ id, pem }) => ({ id, key: createPublicKey(pem) }));
  return ({ payloadType, payload, signatures }) => {
    const data = signedBytes(payloadType, payload);
    const signer = known.find(({ key }) =>
      signatures.some(({ sig }) => holds(key, data, sig)),
    );
    if (signer) return signer.id;
    const pretended = signatures.find(({ keyid }) =>
      known.some(({ id }) => id === keyid),
    );
    if (pretended) {
      throw new EvidenceFault(
        'EVIDENCE_SIGNATURE',
        `it names the key ${pretended.keyid}, which did not sign it`,
      );
    }
    return null;
  };
}
