import type { RecoveryStart } from '@fawkes/backstage-plugin-delivery-common';
import type { LeadStart } from '../store/metricRows';

/** What is asked of a scope. */
export interface TallyQuestion {
  /** Services of the scope the caller may see. */
  services: readonly string[];
  /** Services with facts the scope does not have; what roll-ups leave out. */
  others: readonly string[];
  fromMs: number;
  toMs: number;
  tz: string;
  asOfMs: number;
  unit: 'commit' | 'pull_request';
  start: LeadStart;
  recoveryFrom: RecoveryStart;
  environment?: string;
  /**
   * Nobody looks at less than a calendar month of the answer, save at how many
   * deployments a day had: all else of a whole month may be on its first day.
   */
  byMonth: boolean;
  /** A single component shows its sandbox facts too. */
  withSandbox: boolean;
  /** Deployments the scope has ever seen. */
  deployments: number;
}

/** What answers depend on besides the rows. */
export interface TallyContext {
  timezone: string;
  sandboxSources: ReadonlySet<string>;
}
