import type { Config } from '@backstage/config';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readIdentityKey } from '@fawkes/backstage-plugin-delivery-node';
import { durationToMilliseconds } from '@backstage/types';
import {
  DEFAULT_HOTFIX_BRANCH,
  DEFAULT_HOTFIX_LABEL,
  DEFAULT_PRODUCTION,
  MAX_LISTED,
  dayStartOf,
  faultOfCountRule,
  readCountRules,
  type BandTable,
  type CountRules,
  type CountSubject,
} from '@fawkes/backstage-plugin-delivery-common';

const DAY_MS = 86_400_000;

/** The plugin's settings, read once at start. */
export interface DeliveryConfig {
  timezone: string;
  productionPattern: RegExp;
  incidentWindowMs: number;
  countMerges: boolean;
  countBots: boolean;
  /** Which changes of bots count; what this says nothing about goes by `countBots`. */
  bots: CountRules;
  /** Which incidents count; what this says nothing about counts. */
  incidents: CountRules;
  /** Each job of a run is a deployment of its own. */
  countJobs: boolean;
  /** Labels and branches of pull requests that mend what is broken. */
  hotfixLabel: RegExp;
  hotfixBranch: RegExp;
  sandboxSources: ReadonlySet<string>;
  sampleSources: ReadonlySet<string>;
  catalogRefreshMs: number;
  payloadRetentionMs: number;
  rejectedRetentionMs: number;
  customBands: BandTable | undefined;
  /** Keys the hashes of people; without it none are kept. */
  identityKey: string | undefined;
  /** Plugins that may ask for the deployments of a person. */
  actorReaders: ReadonlySet<string>;
}

/**
 * Reads and checks the settings; a wrong one is refused at start with its path.
 */
export function readDeliveryConfig(root: Config): DeliveryConfig {
  const config = root.getOptionalConfig('delivery');
  const duration = (key: string, fallback: number) => {
    if (!config?.has(key)) return fallback;
    const ms = durationToMilliseconds(readDurationFromConfig(config, { key }));
    if (ms > 0) return ms;
    throw new InputError(`delivery.${key} must be longer than nothing`);
  };
  return {
    timezone: readTimezone(config),
    productionPattern: readPattern(
      config,
      'productionEnvironments',
      DEFAULT_PRODUCTION,
    ),
    incidentWindowMs: duration('incidentWindow', DAY_MS),
    countMerges: config?.getOptionalBoolean('countMergeCommits') ?? false,
    countBots: config?.getOptionalBoolean('countBots') ?? true,
    bots: readRules(config, 'bots'),
    incidents: readRules(config, 'incidents'),
    countJobs: config?.getOptionalBoolean('countJobs') ?? false,
    hotfixLabel: readPattern(config, 'hotfixLabel', DEFAULT_HOTFIX_LABEL),
    hotfixBranch: readPattern(config, 'hotfixBranch', DEFAULT_HOTFIX_BRANCH),
    sandboxSources: new Set(config?.getOptionalStringArray('sandboxSources')),
    sampleSources: new Set(
      config?.getOptionalStringArray('sampleSources') ?? ['fawkes-story'],
    ),
    catalogRefreshMs: duration('catalogRefresh', 60_000),
    payloadRetentionMs: duration('retention.payloads', 400 * DAY_MS),
    rejectedRetentionMs: duration('retention.rejected', 30 * DAY_MS),
    customBands: readBands(config),
    identityKey: readIdentityKey(root),
    actorReaders: new Set(config?.getOptionalStringArray('actorReaders')),
  };
}

function readTimezone(config: Config | undefined): string {
  const timezone = config?.getOptionalString('timezone') ?? 'UTC';
  try {
    dayStartOf('2026-01-01', timezone);
  } catch {
    throw new InputError(
      `delivery.timezone: '${timezone}' is not an IANA time zone; write e.g. Europe/Berlin`,
    );
  }
  return timezone;
}

function readRules(
  config: Config | undefined,
  subject: CountSubject,
): CountRules {
  const texts = config?.getOptionalStringArray(subject) ?? [];
  if (texts.length > MAX_LISTED) {
    throw new InputError(
      `delivery.${subject} lists ${texts.length} rules; at most ${MAX_LISTED} are read`,
    );
  }
  texts.forEach((text, index) => {
    const fault = faultOfCountRule(text, subject);
    if (!fault) return;
    throw new InputError(
      `delivery.${subject}[${index}] ${fault.reason.text}. ${fault.advice.text}`,
    );
  });
  return readCountRules(texts, subject);
}

function readPattern(
  config: Config | undefined,
  key: string,
  fallback: RegExp,
): RegExp {
  const text = config?.getOptionalString(key);
  if (text === undefined) return fallback;
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new InputError(
      `delivery.${key} is not a regular expression: ${error}`,
    );
  }
}

function readBands(config: Config | undefined): BandTable | undefined {
  const bands = config?.getOptionalConfig('bands');
  if (!bands) return undefined;
  const levels = (key: string) => {
    const part = bands.getConfig(key);
    return {
      elite: part.getNumber('elite'),
      high: part.getNumber('high'),
      medium: part.getNumber('medium'),
    };
  };
  const weekly = levels('deploymentFrequency');
  return {
    name: 'custom',
    deploymentFrequency: {
      elite: { days: weekly.elite, per: 'week' },
      high: { days: weekly.high, per: 'week' },
      medium: { days: weekly.medium, per: 'week' },
    },
    leadTime: levels('leadTime'),
    changeFailRate: levels('changeFailRate'),
    recoveryTime: levels('recoveryTime'),
  };
}
