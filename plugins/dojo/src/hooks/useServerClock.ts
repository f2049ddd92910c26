import { useNow } from '@fawkes/kit-ui/values';
import { useState } from 'react';

/**
 * Milliseconds until an instant of the server, by the server's clock: the one of
 * this machine only tells how much time has gone by since the answer.
 */
export function useMillisecondsUntil(at: string, asOf: string): number {
  const [answered, setAnswered] = useState(() => ({ asOf, ms: Date.now() }));
  // There is another answer: this machine's clock is read once for it.
  if (answered.asOf !== asOf) setAnswered({ asOf, ms: Date.now() });
  // What all share was read up to a second ago, which may be before the answer.
  const goneBy = Math.max(0, useNow(1_000) - answered.ms);
  return Math.max(0, Date.parse(at) - Date.parse(asOf) - goneBy);
}
