import type {
  EnvironmentsResponse,
  Preview,
} from '@fawkes/backstage-plugin-cab-common';
import {
  requiredEvidence,
  requirementOf,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { ScoredRevision } from '../cases/scored';
import type { CabConfig } from '../config';
import type { ReadFacts } from '../facts/readFacts';
import { explained } from './explain';

/** What would come of asking: the risk, what is missing, and who would be asked. */
export function previewOf(
  { groups }: Pick<CabConfig, 'groups'>,
  { environmentClass, catalog }: ReadFacts,
  scored: Pick<ScoredRevision, 'modelVersion' | 'asOf' | 'inputs' | 'result'>,
): Preview {
  const { pool, min } = requirementOf(
    {
      route: scored.result.route,
      type: 'normal',
      owner: catalog?.ownerGroup,
    },
    groups,
  );
  return {
    ...explained(scored),
    environmentClass,
    missingEvidence: [...requiredEvidence(environmentClass)],
    asks: { pool: [...pool], min },
  };
}

/** The environments that are listed, and what they ask for. */
export function environmentsOf({
  environments,
  gate,
}: Pick<CabConfig, 'environments' | 'gate'>): EnvironmentsResponse {
  return {
    items: Object.entries(environments).map(([name, environmentClass]) => ({
      name,
      environmentClass,
      gated: gate.classes.includes(environmentClass),
      missingEvidence: [...requiredEvidence(environmentClass)],
    })),
  };
}
