import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Delivery metrics. */
  delivery?: {
    /**
     * IANA time zone in which days and weeks begin, e.g. Europe/Berlin.
     * Default: UTC. Changing it rebuilds the roll-ups.
     */
    timezone?: string;
    /**
     * Regular expression (any case) of production environments, for services
     * without the annotation fawkes.dev/delivery-environments.
     * Default: ^(prod|production)$
     */
    productionEnvironments?: string;
    /**
     * How long after a deployment an incident without a named cause is put
     * down to it. Default: 24 hours.
     */
    incidentWindow?: HumanDuration;
    /** Count merge commits as changes. Default: false; what they merge counts anyway. */
    countMergeCommits?: boolean;
    /** Count changes made by bots. Default: true. */
    countBots?: boolean;
    /**
     * Which changes of bots count: `all`, `none`, `field=pattern` (counts) and
     * `!field=pattern` (does not), with the fields name, label and title, and `*`
     * for anything. What no rule says anything about goes by countBots; where the
     * annotation fawkes.dev/delivery-bots of a service differs, that wins.
     */
    bots?: string[];
    /**
     * Which incidents count, in the same way, with the fields severity and title.
     * What no rule says anything about counts; where the annotation
     * fawkes.dev/delivery-incidents of a service differs, that wins.
     */
    incidents?: string[];
    /**
     * Count each job of a run as a deployment. Default: false; the jobs of one run
     * that name one environment and service are one deployment.
     */
    countJobs?: boolean;
    /**
     * Regular expression (any case) of labels of pull requests that mend what is
     * broken: a deployment that brings one is a hotfix. Default: ^hotfix$
     */
    hotfixLabel?: string;
    /**
     * Regular expression (any case) of the branches such pull requests come from.
     * Default: ^hotfix[/-]
     */
    hotfixBranch?: string;
    /**
     * Sources whose facts count for their own component only and stay out of
     * every wider scope: a local stand-in, a demo.
     */
    sandboxSources?: string[];
    /** Sources that tell sample data; labelled wherever they show. Default: [fawkes-story]. */
    sampleSources?: string[];
    /** How often the mapping of facts to services is read from the catalog. Default: 1 minute. */
    catalogRefresh?: HumanDuration;
    retention?: {
      /** How long raw payloads are kept. Default: 400 days. */
      payloads?: HumanDuration;
      /** How long rejected events are kept. Default: 30 days. */
      rejected?: HumanDuration;
    };
    /**
     * Secret that keys the hashes of people, at least 16 characters: authors are told from
     * reviewers by them, and people find their own deployments. Without it nobody is kept.
     * Changing it makes one person two.
     * @visibility secret
     */
    identityKey?: string;
    /**
     * Ids of the plugins that may ask for the deployments of a person, beside that person.
     * Default: none.
     */
    actorReaders?: string[];
    /** The `custom` threshold table. */
    bands?: {
      /** Deploy-days per week (median): at least. */
      deploymentFrequency?: { elite: number; high: number; medium: number };
      /** Median change lead time in seconds: less than. */
      leadTime?: { elite: number; high: number; medium: number };
      /** Change fail rate 0..1: at most. */
      changeFailRate?: { elite: number; high: number; medium: number };
      /** Median recovery in seconds: less than. */
      recoveryTime?: { elite: number; high: number; medium: number };
    };
  };
}
