import type { Cost, NormalSpec, OperatorResponse } from '../contract';
import { say } from './words';

/** Prices a portal works with, one currency a card. @public */
export type RateCard = NonNullable<OperatorResponse['rateCard']>;

/** Hours of a month, as an estimate counts them. @public */
export const HOURS_A_MONTH = 730;

/**
 * What a service costs a month. What is not known is unknown with its reason,
 * never 0; an odd half of a minor unit is rounded up.
 * @public
 */
export function costOf(spec: NormalSpec, card: RateCard | null): Cost {
  if (spec.repository.host !== 'local') return unknown('cost.elsewhere');
  if (!card) return unknown('cost.no_card');
  const hourly = card.hourlyMinor[spec.type];
  if (hourly === undefined) {
    return {
      amountMinor: null,
      reason: say('cost.no_price', { version: card.version }),
    };
  }
  return {
    amountMinor: Math.round(hourly * HOURS_A_MONTH),
    currency: card.currency,
    per: 'month',
    rateCard: card.version,
  };
}

function unknown(code: 'cost.elsewhere' | 'cost.no_card'): Cost {
  return { amountMinor: null, reason: say(code) };
}
