import type { ServiceMapping } from './serviceMapping';

/** A service whose derived rows are stale, and from when on. */
export interface StaleService {
  mapping: ServiceMapping;
  /** The earliest finish from which its chains are to be derived again. */
  from: number;
  /** The earliest finish from which its verdicts may be others; 0 = any. */
  judgeFrom: number;
}
