import { dayKeyOf } from '@fawkes/backstage-plugin-delivery-common';
import type { DeliveryConfig } from '../config';

/** The settings that derived rows are made with. */
export type DeriveSettings = Pick<
  DeliveryConfig,
  | 'countMerges'
  | 'countBots'
  | 'bots'
  | 'incidents'
  | 'countJobs'
  | 'hotfixLabel'
  | 'hotfixBranch'
  | 'incidentWindowMs'
  | 'productionPattern'
  | 'sandboxSources'
  | 'timezone'
> & {
  /** The local day of an instant, in the zone of the roll-ups. */
  dayOf(ms: number): string;
};

/** What deriving depends on besides the facts. */
export interface DeriveContext extends DeriveSettings {
  now: number;
}

/** What of a configuration deriving works with; a clock makes a {@link DeriveContext} of it. */
export function deriveContextOf(config: DeliveryConfig): DeriveSettings {
  const {
    countMerges,
    countBots,
    bots,
    incidents,
    countJobs,
    hotfixLabel,
    hotfixBranch,
    incidentWindowMs,
    productionPattern,
    sandboxSources,
    timezone,
  } = config;
  return {
    countMerges,
    countBots,
    bots,
    incidents,
    countJobs,
    hotfixLabel,
    hotfixBranch,
    incidentWindowMs,
    productionPattern,
    sandboxSources,
    timezone,
    dayOf: ms => dayKeyOf(ms, timezone),
  };
}
