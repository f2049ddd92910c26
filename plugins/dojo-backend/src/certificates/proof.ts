import { createHash, type KeyObject } from 'node:crypto';
import jsonld from 'jsonld';
import { KNOWN_CONTEXTS } from './contexts';
import { isSignedBy, signWith } from './keys';

/** What is said of how a document was signed. */
export interface ProofOptions {
  type: 'DataIntegrityProof';
  created: string;
  verificationMethod: string;
  cryptosuite: 'eddsa-rdfc-2022';
  proofPurpose: 'assertionMethod';
}

/** A proof as it stands in a document. */
export interface Proof extends ProofOptions {
  proofValue: string;
}

/** A document whose words these contexts explain. */
export type Document = { '@context': readonly string[] } & Record<
  string,
  unknown
>;

/** Gives what is known already; everything else is an error, and nothing is fetched. */
async function loadKnown(address: string) {
  const document = KNOWN_CONTEXTS.get(address);
  if (!document) throw new Error('A context that is not known');
  return { contextUrl: null, document, documentUrl: address };
}

// The library has a client of its own for what it is not given.
jsonld.documentLoader = loadKnown;

function canonical(document: object): Promise<string> {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    documentLoader: loadKnown,
    canonizeOptions: { maxWorkFactor: 1 },
  });
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** What is signed: the proof without its value, then the document without proof. */
export async function dataToSign(
  document: Document,
  options: ProofOptions,
): Promise<Buffer> {
  const { proof: _, ...unsigned } = document;
  const said = { '@context': document['@context'], ...options };
  return Buffer.concat([
    digest(await canonical(said)),
    digest(await canonical(unsigned)),
  ]);
}

/** A document with its proof. */
export async function signed<D extends Document>(
  document: D,
  { key, method, created }: { key: KeyObject; method: string; created: string },
): Promise<D & { proof: Proof }> {
  const options: ProofOptions = {
    type: 'DataIntegrityProof',
    created,
    verificationMethod: method,
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
  };
  const data = await dataToSign(document, options);
  return {
    ...document,
    proof: { ...options, proofValue: signWith(key, data) },
  };
}

/** Whether a proof is of this document and this key. */
export async function holds(
  document: Document,
  { proofValue, ...options }: Proof,
  key: KeyObject,
): Promise<boolean> {
  return isSignedBy(key, await dataToSign(document, options), proofValue);
}
