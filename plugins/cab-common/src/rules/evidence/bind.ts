import {
  say,
  type EvidenceRoot,
  type EvidenceSays,
  type EvidenceState,
} from '../../contract';
import type { Said } from '@fawkes/kit-contract';
import type { EvidenceFaultCode } from './fault';

/** What a piece of evidence is held against. @public */
export interface BindingQuestion {
  /** The commit the change request is about. */
  headSha: string;
  /** The artifact, as far as it is known. */
  artifactDigest: string | null;
  /** A pipeline of the repository, running on that commit, sent it. */
  fromPipeline: boolean;
  /** A member of the security group sent it. */
  fromSecurity: boolean;
  /** The artifact a pipeline says it is about. */
  subject: string | null;
  /** What the repository ends with, e.g. `org/shop`; undefined where nobody knows. */
  repository: string | undefined;
  /** Builders whose provenance counts. */
  builders: readonly string[];
  /** Tools whose scans count; every one when undefined. */
  scanners: readonly string[] | undefined;
}

/** How far a piece is trusted, and why no further. @public */
export interface Bound {
  /** Never waived: that is for an exception to say. */
  state: Exclude<EvidenceState, 'waived'>;
  /** Null for what is verified. */
  why: Said | null;
}

const VERIFIED: Bound = { state: 'verified', why: null };
const PARSED: Bound = { state: 'parsed', why: say('EVIDENCE_UNBOUND') };
const failed = (code: EvidenceFaultCode, reason: string): Bound => ({
  state: 'failed',
  why: say(code, { reason }),
});

/**
 * Whether what was read is about this change, and somebody vouches for that: a
 * pipeline of the repository that ran on the commit, or a trusted signature.
 * What is about something else is refused, whoever sent it.
 * @public
 */
export function bindEvidence(
  says: EvidenceSays,
  question: BindingQuestion,
): Bound {
  switch (says.kind) {
    case 'rollback_plan':
    case 'rollout_plan':
      return VERIFIED;
    case 'tests':
      return question.fromPipeline ? VERIFIED : PARSED;
    case 'scan':
      return bindScan(says, question);
    case 'sbom':
      return bindRoot(says.root, question, question.fromPipeline);
    case 'vex':
      return bindRoot(
        says.root,
        question,
        question.fromPipeline || question.fromSecurity,
      );
    case 'waiver':
      // Nobody attaches one: an exception is made use of, and looked at there.
      return PARSED;
    default:
      return bindProvenance(says, question);
  }
}

function bindScan(
  { tools }: Extract<EvidenceSays, { kind: 'scan' }>,
  { scanners, fromPipeline }: BindingQuestion,
): Bound {
  const allowed = scanners && new Set(scanners.map(each => each.toLowerCase()));
  const other = tools.find(each => allowed && !allowed.has(each.toLowerCase()));
  if (other !== undefined) return failed('EVIDENCE_TOOL', other);
  return fromPipeline ? VERIFIED : PARSED;
}

function bindRoot(
  root: EvidenceRoot | null,
  { artifactDigest, subject }: BindingQuestion,
  vouched: boolean,
): Bound {
  // A commit without an artifact is bound by who sent it alone.
  if (artifactDigest === null) return vouched ? VERIFIED : PARSED;
  const digests = root?.digests ?? [];
  if (digests.length > 0) {
    if (!digests.includes(artifactDigest)) {
      return failed(
        'EVIDENCE_SUBJECT',
        `it is of ${digests[0]}, and the artifact is ${artifactDigest}`,
      );
    }
    return vouched ? VERIFIED : PARSED;
  }
  const named = purlDigest(root?.purl ?? null);
  if (named !== undefined && named !== artifactDigest) {
    return failed(
      'EVIDENCE_SUBJECT',
      `it is of ${named}, and the artifact is ${artifactDigest}`,
    );
  }
  const isAbout = named === artifactDigest || subject === artifactDigest;
  return vouched && isAbout ? VERIFIED : PARSED;
}

/** The digest a package URL has as its version. */
function purlDigest(purl: string | null): string | undefined {
  const [, digest] = /@sha256(?::|%3A)([0-9a-f]{64})/i.exec(purl ?? '') ?? [];
  return digest === undefined ? undefined : `sha256:${digest.toLowerCase()}`;
}

function bindProvenance(
  says: Extract<EvidenceSays, { kind: 'provenance' }>,
  { artifactDigest, headSha, builders, repository }: BindingQuestion,
): Bound {
  if (says.signedBy === null) return PARSED;
  if (artifactDigest !== null && !says.subjects.includes(artifactDigest)) {
    return failed(
      'EVIDENCE_SUBJECT',
      `${artifactDigest} is none of what was built`,
    );
  }
  if (says.subjects.length === 0) {
    return failed('EVIDENCE_SUBJECT', 'what was built has no SHA-256');
  }
  if (!builders.includes(says.builder)) {
    return failed('EVIDENCE_BUILDER', says.builder.slice(0, 300));
  }
  const own = says.sources.filter(({ commit }) => commit === headSha);
  if (own.length === 0) {
    return failed('EVIDENCE_SUBJECT', `it was not built from ${headSha}`);
  }
  // A fork has the same commits, so a commit alone says little of who built it.
  if (repository === undefined) return PARSED;
  if (!own.some(({ uri }) => isOf(uri, repository))) {
    return failed('EVIDENCE_SUBJECT', `it was not built from ${repository}`);
  }
  return VERIFIED;
}

/** Whether a source is of the repository that ends so, e.g. `org/shop`. */
function isOf(uri: string, repository: string): boolean {
  const path = uri
    .replace(/^git\+/, '')
    .replace(/[#?].*$/, '')
    .replace(/@(refs\/.*|[0-9a-f]{7,64})$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
  return path.endsWith(`/${repository.toLowerCase()}`);
}
