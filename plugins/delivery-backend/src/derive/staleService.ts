import type { ServiceMapping } from './serviceMapping';

/** A service whose derived rows are stale, and from when on. */
export interface StaleService {
  mapping: ServiceMapping;
  /** The earliest finish from which its chains are to be derived again. */
  from: number;
  /** The earliest finish from which its verdicts may be others; 0 = any. */
  judgeFrom: number;
}

/** Columns of {@link fromRows}. */
export const FROM = { service_ref: 'text', from_at: 'double' } as const;

/** From when on each is stale, as rows to look up by. */
export function fromRows(stale: readonly StaleService[]) {
  return stale.map(({ mapping, from }) => ({
    service_ref: mapping.service,
    from_at: from,
  }));
}
