import { costSchema } from '../contract';
import { normalOf, onGithub } from './__testUtils__/made';
import { costOf, type RateCard } from './cost';

const card: RateCard = {
  version: '2026-01',
  validFrom: '2026-01-01T00:00:00.000Z',
  currency: 'EUR',
  hourlyMinor: { api: 2, web: 0, worker: 0.5 },
};

it.each([
  ['api', 1_460],
  // Free is a price; unknown is none.
  ['web', 0],
  ['worker', 365],
] as const)('an %s costs %d minor units a month', (type, amountMinor) => {
  const cost = costOf(normalOf({ type }), card);

  expect(costSchema.parse(cost)).toEqual({
    amountMinor,
    currency: 'EUR',
    per: 'month',
    rateCard: '2026-01',
  });
});

it.each([
  ['without a card', normalOf(), null, 'cost.no_card'],
  ['without a price', normalOf({ type: 'library' }), card, 'cost.no_price'],
  ['elsewhere', normalOf(onGithub), card, 'cost.elsewhere'],
] as const)('is unknown %s, never 0', (_, spec, rates, code) => {
  expect(costOf(spec, rates)).toMatchObject({
    amountMinor: null,
    reason: { code },
  });
});
