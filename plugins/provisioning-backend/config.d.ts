import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Provisioning: services from the portal. */
  provisioning?: {
    /**
     * Repositories, builds and running services on the computer of the portal.
     * Runs code that people push, so it starts in development on loopback only.
     */
    local?: {
      /** Default: false. */
      enabled?: boolean;
      /** Where repositories and releases are kept. A path; relative ones begin where the backend runs. */
      directory?: string;
    };
    quota?: {
      /** Services of one owner group. Default: 20. */
      perOwner?: number;
      /** Services that run on this portal. Default: 10. */
      running?: number;
    };
    /** Prices for estimates, one currency. Without it costs are unknown. */
    rateCard?: {
      version: string;
      /** ISO 8601 date or instant. */
      validFrom: string;
      /** ISO 4217, e.g. EUR. */
      currency: string;
      /** Minor units (cents) an hour by type of service. */
      hourlyMinor?: {
        api?: number;
        web?: number;
        worker?: number;
        library?: number;
      };
    };
    practice?: {
      /** The group that practice requests are made for. Without it there are none. */
      owner?: string;
      /** How long one lives after its run has ended. Default: 24 hours. */
      lasts?: HumanDuration;
    };
    /** Ids of plugins that may end practice requests. Default: none. */
    practiceEnders?: string[];
    /**
     * Groups whose members may go on with what they began as the platform group;
     * asked before each effect. Default: permission.platformTeams.
     */
    platformGroups?: string[];
    retention?: {
      /** How long spec and people of a destroyed request are kept. Default: 400 days. */
      requests?: HumanDuration;
      /** How long logs of effects are kept. Default: 90 days. */
      logs?: HumanDuration;
    };
  };
}
