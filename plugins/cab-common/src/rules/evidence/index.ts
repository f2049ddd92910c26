export * from './bind';
export {
  CYCLONEDX_VERSIONS,
  readCyclonedx,
  readVex,
  type CyclonedxCheck,
  type CyclonedxVersion,
} from './cyclonedx';
export {
  EVIDENCE_FAULTS,
  EvidenceFault,
  type EvidenceFaultCode,
} from './fault';
export { readJunit } from './junit';
export {
  envelopeSchema,
  readEnvelope,
  readProvenance,
  type Envelope,
} from './provenance';
export { MEDIA_TYPES, readEvidence, type EvidenceTools } from './read';
export { readSarif, sarifSchema } from './sarif';
export { worstOf } from './severity';
export { readSpdx, spdxSchema } from './spdx';
export * from './counted';
export * from './facts';
export * from './pack';
