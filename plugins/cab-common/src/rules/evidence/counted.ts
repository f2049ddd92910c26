import type { EvidenceKind, EvidenceSays, EvidenceState } from '../../contract';

/** A piece of evidence as it counts. @public */
export interface CountedEvidence {
  /** What it is. */
  kind: EvidenceKind;
  /** How far it is trusted. */
  state: EvidenceState;
  /** What it says; null when it could not be read. */
  says: EvidenceSays | null;
  /** When it was made, ms. */
  producedAt: number;
  /** Of its bytes. */
  sha256: string;
}
