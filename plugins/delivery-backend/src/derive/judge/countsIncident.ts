import {
  readCountRules,
  verdictOf,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Stored } from '../../store/tables';
import type { DeriveSettings } from '../deriveContext';
import { isProductionOf, type ServiceMapping } from '../serviceMapping';

/** What is asked about an incident before it counts. */
export type ToldIncident = Pick<
  Stored<'incidents'>,
  'environment' | 'severity' | 'title'
>;

/**
 * Whether incidents of a service count: those of an environment that is not
 * production do not, nor those that the rules of the service leave out, else
 * those of the installation.
 */
export function incidentsThatCount(
  mapping: ServiceMapping,
  context: Pick<DeriveSettings, 'productionPattern' | 'incidents'>,
): (incident: ToldIncident) => boolean {
  const rules = [
    readCountRules(mapping.incidents ?? [], 'incidents'),
    context.incidents,
  ];
  return ({ environment, severity, title }) =>
    (environment === null || isProductionOf(mapping, environment, context)) &&
    (verdictOf(rules, {
      ...(severity !== null && { severity: [severity] }),
      ...(title !== null && { title: [title] }),
    }) ??
      true);
}
