import type { ReplayBody, RiskInputs } from '../../../contract';
import type { FactValues } from '../reading';
import { CURRENT_MODEL } from '../models';

/** What vectors are replayed with: the same sources and times each time. */
export function bodyOf(
  facts: FactValues,
  modelVersion = CURRENT_MODEL,
): ReplayBody {
  const inputs = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      {
        value,
        source: 'test',
        reference: name === 'window' ? ['freeze:b', 'freeze:a'] : null,
        observedAt: '2026-03-01T00:00:00.000Z',
      },
    ]),
  );
  return {
    modelVersion,
    asOf: '2026-03-01T00:00:00.000Z',
    inputs: inputs as RiskInputs,
  };
}
