import { BADGE_CONTEXTS } from './contexts';
import { publicKeyOf } from './keys';
import { readLimited, type ReadFault } from './limits';
import { holds, type Document, type Proof } from './proof';
import { badgeSchema, issuerIdOf, proofSchema, type Badge } from './shape';

/** Steps of verifying, the cheapest first and canonicalising last. */
export const STEPS = [
  'read',
  'contexts',
  'shape',
  'proof',
  'issuer',
  'key',
  'signature',
  'status',
  'dates',
] as const;
/** One of {@link STEPS}. */
export type Step = (typeof STEPS)[number];

/** How a step ended; `unchecked` is neither well nor ill. */
export interface StepResult {
  step: Step;
  outcome: 'ok' | 'failed' | 'unchecked';
  /** Names what is wrong, for the page to say. */
  code?: string;
}

/** What verifying came to, the first that applies. */
export type Verdict =
  | 'invalid'
  | 'foreign'
  | 'revoked'
  | 'superseded'
  | 'not-yet'
  | 'expired'
  | 'unchecked'
  | 'valid';

/** What is known of an issuer, never from a certificate. */
export interface TrustedIssuer {
  id: string;
  name: string;
  /** By the whole id of a verification method. */
  keys: ReadonlyMap<string, TrustedKey>;
}

/** A key of an issuer. */
export interface TrustedKey {
  multikey: string;
  /** Proofs from then on are not of it, ms. */
  expires: number | null;
  /** All of its proofs fail, whenever they say they were made. */
  revoked: boolean;
}

/** What decides beside the certificate itself. */
export interface Trust {
  /** By id; aliases are issuers of their own. */
  issuers: ReadonlyMap<string, TrustedIssuer>;
  /** How an entry stands; undefined where nobody can say here. */
  statusOf(
    badge: Badge,
  ): Promise<'good' | 'revoked' | 'superseded' | undefined>;
  now(): number;
}

/** What came out. */
export interface Verification {
  verdict: Verdict;
  steps: StepResult[];
  /** As far as its shape was understood. */
  badge: Badge | null;
  /** Of an issuer that is trusted. */
  issuer: { id: string; name: string } | null;
}

/**
 * Verifies a certificate that anybody may have written. Nothing in it is trusted
 * or fetched: issuers and keys are those the portal knows.
 */
export async function verifyBadge(
  text: string,
  trust: Trust,
): Promise<Verification> {
  const steps: StepResult[] = [];
  const ok = (step: Step) => steps.push({ step, outcome: 'ok' });
  const end = (
    verdict: Verdict,
    found: Partial<Pick<Verification, 'badge' | 'issuer'>> = {},
  ): Verification => ({ verdict, steps, badge: null, issuer: null, ...found });
  const invalid = (
    step: Step,
    code: string,
    found?: Partial<Pick<Verification, 'badge' | 'issuer'>>,
  ) => {
    steps.push({ step, outcome: 'failed', code });
    return end('invalid', found);
  };

  const read = readLimited(text);
  if ('fault' in read) return invalid('read', read.fault satisfies ReadFault);
  ok('read');
  const contexts = read.value['@context'];
  if (!BADGE_CONTEXTS.some(allowed => isSame(allowed, contexts))) {
    return invalid('contexts', 'other');
  }
  ok('contexts');
  const parsed = badgeSchema.safeParse(read.value);
  if (!parsed.success) {
    return invalid('shape', parsed.error.issues[0].path.join('.') || 'top');
  }
  ok('shape');
  const badge = parsed.data;
  const proofs = [badge.proof ?? []].flat();
  if (proofs.length === 0 || proofs.length > 4) {
    return invalid('proof', 'none', { badge });
  }
  const known: Proof[] = [];
  for (const proof of proofs) {
    const { data } = proofSchema.safeParse(proof);
    // One of a kind that nobody here reads could say the opposite.
    if (!data) return invalid('proof', 'unsupported', { badge });
    known.push(data);
  }
  ok('proof');
  const id = issuerIdOf(badge);
  if (known.some(each => !each.verificationMethod.startsWith(`${id}#`))) {
    return invalid('issuer', 'other-method', { badge });
  }
  const issuer = trust.issuers.get(id);
  if (!issuer) {
    steps.push({ step: 'issuer', outcome: 'unchecked', code: 'foreign' });
    steps.push({ step: 'signature', outcome: 'unchecked' });
    return end('foreign', { badge });
  }
  ok('issuer');
  const found = { badge, issuer: { id: issuer.id, name: issuer.name } };
  const pairs = [];
  for (const proof of known) {
    const key = issuer.keys.get(proof.verificationMethod);
    if (!key) return invalid('key', 'unknown', found);
    if (key.revoked) return invalid('key', 'revoked', found);
    if (key.expires !== null && Date.parse(proof.created) >= key.expires) {
      return invalid('key', 'expired', found);
    }
    const publicKey = publicKeyOf(key.multikey);
    if (!publicKey) return invalid('key', 'unreadable', found);
    pairs.push({ proof, publicKey });
  }
  ok('key');
  for (const { proof, publicKey } of pairs) {
    if (!(await isSound(read.value as Document, proof, publicKey))) {
      return invalid('signature', 'other', found);
    }
  }
  ok('signature');
  const status = await trust.statusOf(badge);
  if (status === 'revoked' || status === 'superseded') {
    steps.push({ step: 'status', outcome: 'failed', code: status });
    return end(status, found);
  }
  if (status) ok('status');
  else steps.push({ step: 'status', outcome: 'unchecked' });
  const now = trust.now();
  if (now < Date.parse(badge.validFrom)) {
    steps.push({ step: 'dates', outcome: 'failed', code: 'not-yet' });
    return end('not-yet', found);
  }
  if (badge.validUntil && now > Date.parse(badge.validUntil)) {
    steps.push({ step: 'dates', outcome: 'failed', code: 'expired' });
    return end('expired', found);
  }
  ok('dates');
  return end(status ? 'valid' : 'unchecked', found);
}

/** What cannot be canonicalised is not what was signed. */
async function isSound(
  document: Document,
  proof: Proof,
  key: Parameters<typeof holds>[2],
): Promise<boolean> {
  try {
    return await holds(document, proof, key);
  } catch {
    return false;
  }
}

function isSame(allowed: readonly string[], given: unknown): boolean {
  return (
    Array.isArray(given) &&
    given.length === allowed.length &&
    allowed.every((address, index) => given[index] === address)
  );
}
