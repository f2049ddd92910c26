import type { EvidenceSays } from '../../contract';
import type { CountedEvidence } from '../evidence/counted';

/** The waiver a piece of evidence is; undefined for a piece that shows something. */
type WaiverSays = Extract<EvidenceSays, { kind: 'waiver' }>;

/** Waivers that count, of a pack. @public */
export function waiversOf(
  items: readonly Pick<CountedEvidence, 'state' | 'says'>[],
): WaiverSays[] {
  return items.flatMap(({ state, says }) =>
    state === 'waived' && says?.kind === 'waiver' ? [says] : [],
  );
}

/**
 * Ids of the exceptions that a pack would not do without: nothing verified is there
 * of what they waive, or the finding is there and as bad as it is excepted for.
 * @public
 */
export function exceptionsUsed(items: readonly CountedEvidence[]): string[] {
  const needed = waiversOf(items).filter(({ waives, finding }) =>
    waives === 'finding'
      ? items.some(
          ({ kind, says }) =>
            kind === 'scan' &&
            says?.kind === 'scan' &&
            says.findings.some(
              each => each.id === finding && each.severity === 'critical',
            ),
        )
      : !items.some(
          ({ kind, state }) => kind === waives && state === 'verified',
        ),
  );
  return [...new Set(needed.map(({ exceptionId }) => exceptionId))].sort();
}

/** Findings that count as excepted and not as critical. @public */
export function exceptedFindings(
  items: readonly Pick<CountedEvidence, 'state' | 'says'>[],
): Set<string> {
  return new Set(
    waiversOf(items).flatMap(({ finding }) =>
      finding === null ? [] : [finding],
    ),
  );
}
