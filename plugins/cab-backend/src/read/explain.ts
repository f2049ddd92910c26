import type { ExplainedRisk } from '@fawkes/backstage-plugin-cab-common';
import {
  modelOf,
  valuesOf,
  waterfallOf,
  wouldLower,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { ScoredRevision } from '../cases/scored';

/** A risk with where it comes from. */
export function explained({
  result,
  inputs,
  asOf,
  modelVersion,
}: Pick<
  ScoredRevision,
  'result' | 'inputs' | 'asOf' | 'modelVersion'
>): ExplainedRisk {
  const { model } = modelOf(modelVersion);
  const { steps, lifted, deciding } = waterfallOf(model, result);
  return {
    result,
    asOf,
    explanation: {
      steps,
      lifted,
      deciding,
      wouldLower: wouldLower(model, valuesOf(inputs)),
    },
    facts: Object.entries(inputs).flatMap(([name, fact]) =>
      fact
        ? [
            {
              name,
              value: fact.value,
              source: fact.source,
              observedAt: fact.observedAt,
            },
          ]
        : [],
    ),
  };
}
