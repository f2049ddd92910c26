import { faultOf } from '@fawkes/kit-contract';
import type { z } from 'zod';
import type { CabWordCode } from '../../contract';

/** Why a piece of evidence cannot be taken for what it is called. @public */
export const EVIDENCE_FAULTS = [
  'EVIDENCE_ENCODING',
  'EVIDENCE_MALFORMED',
  'EVIDENCE_VERSION',
  'EVIDENCE_SCHEMA',
  'EVIDENCE_EMPTY',
  'EVIDENCE_NOT_RUN',
  'EVIDENCE_TOO_COMPLEX',
  'EVIDENCE_UNREADABLE',
  'EVIDENCE_TOOL',
  'EVIDENCE_SUBJECT',
  'EVIDENCE_SIGNATURE',
  'EVIDENCE_BUILDER',
  'EVIDENCE_TOO_OLD',
  'EVIDENCE_TIME',
] as const satisfies readonly CabWordCode[];
/** One of {@link EVIDENCE_FAULTS}. @public */
export type EvidenceFaultCode = (typeof EVIDENCE_FAULTS)[number];

/** A piece of evidence that is refused: what is wrong, and where. @public */
export class EvidenceFault extends Error {
  /** What the answer calls it. */
  override readonly name = 'EvidenceFault';

  constructor(
    /** Which rule it breaks. */
    readonly code: EvidenceFaultCode,
    /** What is wrong, and where; the rest of a sentence. */
    readonly reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** Longest name or text that is kept of a piece. */
const LONGEST = 300;

/** Text of a stranger, short and on one line. */
export function clip(text: string, length: number = LONGEST): string {
  const line = text
    .slice(0, length * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** What a schema reads. */
export function parsed<S extends z.ZodType>(
  schema: S,
  value: unknown,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, reason } = faultOf(result.error);
  throw new EvidenceFault(
    'EVIDENCE_SCHEMA',
    clip(path ? `${path} ${reason}` : reason),
  );
}
