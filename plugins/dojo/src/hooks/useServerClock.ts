import { useNow } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';

/**
 * Milliseconds until an instant of the server, by the server's clock: the one of
 * this machine only tells how much time has gone by since the answer.
 */
export function useMillisecondsUntil(at: string, asOf: string): number {
  const offset = useMemo(() => Date.parse(asOf) - Date.now(), [asOf]);
  return Math.max(0, Date.parse(at) - (useNow(1_000) + offset));
}
