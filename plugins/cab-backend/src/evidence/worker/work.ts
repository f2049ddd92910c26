import { parentPort, workerData } from 'node:worker_threads';
import {
  EvidenceFault,
  readEvidence,
  type EvidenceTools,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { cyclonedxCheck } from './cyclonedxSchemas';
import {
  READY,
  type Outcome,
  type ToWorker,
  type WorkerSetup,
} from './protocol';
import { signatureTools } from './signatures';

/** Reads documents one after the other, apart from everything else. */
function work(
  port: NonNullable<typeof parentPort>,
  { keys }: WorkerSetup,
): void {
  const tools: EvidenceTools = {
    cyclonedx: cyclonedxCheck(),
    signedBy: signatureTools(keys),
  };
  let document = Buffer.alloc(0);
  let filled = 0;
  let kind: Extract<ToWorker, { type: 'begin' }>['kind'] = 'tests';
  port.on('message', (told: ToWorker) => {
    switch (told.type) {
      case 'begin':
        kind = told.kind;
        document = Buffer.alloc(told.size);
        filled = 0;
        return;
      case 'bytes':
        document.set(told.bytes, filled);
        filled += told.bytes.length;
        return;
      default:
        port.postMessage(outcomeOf());
        document = Buffer.alloc(0);
    }
  });

  port.postMessage(READY);

  function outcomeOf(): Outcome {
    try {
      if (filled !== document.length) {
        throw new EvidenceFault(
          'EVIDENCE_UNREADABLE',
          `${filled} of ${document.length} bytes are kept`,
        );
      }
      return { says: readEvidence(kind, document, tools) };
    } catch (error) {
      if (!(error instanceof EvidenceFault)) throw error;
      return { fault: { code: error.code, reason: error.reason } };
    }
  }
}

/** This file, as it lies beside the others: source or built alike. */
export const WORKER_FILE = __filename;

if (parentPort && isSetup(workerData)) work(parentPort, workerData);

function isSetup(data: unknown): data is WorkerSetup {
  return (data as Partial<WorkerSetup> | null)?.reads === 'evidence';
}
