import type {
  EvidenceKind,
  EvidenceSays,
} from '@fawkes/backstage-plugin-cab-common';
import type { EvidenceFaultCode } from '@fawkes/backstage-plugin-cab-common/rules';

/** A public key whose signatures count. */
export interface TrustedKey {
  id: string;
  /** PEM. */
  pem: string;
}

/** What a worker is started with. */
export interface WorkerSetup {
  /** Tells this thread from others. */
  reads: 'evidence';
  keys: readonly TrustedKey[];
}

/** What a worker is told, in this order for each document. */
export type ToWorker =
  | { type: 'begin'; kind: EvidenceKind; size: number }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'end' };

/** A worker says first that it has loaded what it needs. */
export const READY = 'ready';

/** What was found; a fault is the document's. */
export type Outcome =
  | { says: EvidenceSays }
  | { fault: { code: EvidenceFaultCode; reason: string } };
