import {
  rollbackPlanSchema,
  rolloutPlanSchema,
  type EvidenceKind,
  type EvidenceSays,
} from '../../contract';
import { readCyclonedx, readVex, type CyclonedxCheck } from './cyclonedx';
import { EvidenceFault, parsed } from './fault';
import { readJunit } from './junit';
import { readEnvelope, readProvenance, type Envelope } from './provenance';
import { readSarif } from './sarif';
import { readSpdx } from './spdx';
import { json } from './text';

/** What reading needs of those who have schemas and keys. @public */
export interface EvidenceTools {
  /** Holds a document to the schema of CycloneDX. */
  cyclonedx: CyclonedxCheck;
  /** Which trusted key signed an envelope; null for none of them. */
  signedBy: (envelope: Envelope) => string | null;
}

/** Media types of each kind; the first is the usual one. @public */
export const MEDIA_TYPES: Readonly<Record<EvidenceKind, readonly string[]>> = {
  tests: ['application/xml', 'text/xml'],
  scan: ['application/sarif+json', 'application/json'],
  sbom: [
    'application/vnd.cyclonedx+json',
    'application/spdx+json',
    'application/json',
  ],
  vex: ['application/vnd.cyclonedx+json', 'application/json'],
  provenance: [
    'application/vnd.dsse.envelope.v1+json',
    'application/vnd.dev.sigstore.bundle.v0.3+json',
    'application/vnd.dev.sigstore.bundle+json',
    'application/json',
  ],
  rollback_plan: ['application/json'],
  rollout_plan: ['application/json'],
};

/**
 * Reads a piece of evidence as the kind it is said to be.
 *
 * @throws EvidenceFault for what is refused, saying why and where
 * @public
 */
export function readEvidence(
  kind: EvidenceKind,
  bytes: Uint8Array,
  tools: EvidenceTools,
): EvidenceSays {
  switch (kind) {
    case 'tests':
      return readJunit(bytes);
    case 'scan':
      return readSarif(bytes);
    case 'sbom':
      return readSbom(bytes, tools);
    case 'vex':
      return readVex(json(bytes), tools.cyclonedx);
    case 'provenance': {
      const envelope = readEnvelope(bytes);
      return readProvenance(envelope, tools.signedBy(envelope));
    }
    case 'rollback_plan':
      return { kind, plan: parsed(rollbackPlanSchema, json(bytes)) };
    case 'rollout_plan':
      return { kind, plan: parsed(rolloutPlanSchema, json(bytes)) };
    default:
      throw new EvidenceFault('EVIDENCE_VERSION', `${kind satisfies never}`);
  }
}

/** Which of the two it is, it says itself. */
function readSbom(bytes: Uint8Array, { cyclonedx }: EvidenceTools) {
  const document = json(bytes);
  const isSpdx =
    typeof document === 'object' &&
    document !== null &&
    Object.hasOwn(document, 'spdxVersion');
  return isSpdx ? readSpdx(document) : readCyclonedx(document, cyclonedx);
}
