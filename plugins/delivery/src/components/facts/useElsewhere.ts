import type { Figure } from '@fawkes/kit-contract';
import { useSaid } from '@fawkes/kit-ui/values';

/** What arrived where nothing of production did; undefined when nothing at all did. */
export function useElsewhere(figure: Figure): string | undefined {
  const speak = useSaid();
  if (figure.value !== null) return undefined;
  return figure.code?.startsWith('figure.not_production')
    ? speak(figure, figure.reason)
    : undefined;
}
