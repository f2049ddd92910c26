import { SEVERITIES, type Severity } from '../../contract';

/** The worse of two; what nobody knows is the worst. */
export function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

/** The worst of some; none for nothing. @public */
export function worstOf(all: Iterable<Severity>): Severity {
  let worst: Severity = 'none';
  for (const each of all) worst = worse(worst, each);
  return worst;
}

/** A score of 0 to 10 in words. What is no such score is unknown. */
export function ofScore(score: number): Severity {
  if (!(score >= 0 && score <= 10)) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}
