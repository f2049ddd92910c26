import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  groupRefSchema,
  SERVICE_TYPES,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  DEFAULT_LIMITS,
  type QuotaLimits,
  type RateCard,
} from '@fawkes/backstage-plugin-provisioning-common/rules';

const DAY_MS = 86_400_000;

/** The plugin's settings, read once at start. */
export interface ProvisioningConfig {
  /** Undefined where services cannot run here. */
  local: { directory: string } | undefined;
  limits: QuotaLimits;
  rateCard: RateCard | null;
  /** The group practice requests are for; null for none. */
  practiceOwner: string | null;
  practiceMs: number;
  practiceEnders: ReadonlySet<string>;
  /** Entity refs of the groups that run the portal. */
  platformGroups: readonly string[];
  requestRetentionMs: number;
  logRetentionMs: number;
}

/**
 * Reads and checks the settings; a wrong one is refused at start with its path.
 *
 * @param nodeEnv - running services of others is for development only
 */
export function readProvisioningConfig(
  root: Config,
  nodeEnv: string | undefined = process.env.NODE_ENV,
): ProvisioningConfig {
  const config = root.getOptionalConfig('provisioning');
  const duration = (key: string, fallback: number) => {
    if (!config?.has(key)) return fallback;
    const ms = durationToMilliseconds(readDurationFromConfig(config, { key }));
    if (ms > 0) return ms;
    throw new InputError(`provisioning.${key} must be longer than nothing`);
  };
  return {
    local: readLocal(root, nodeEnv),
    limits: {
      perOwner: readCount(config, 'quota.perOwner', DEFAULT_LIMITS.perOwner),
      running: readCount(config, 'quota.running', DEFAULT_LIMITS.running),
    },
    rateCard: readRateCard(config),
    practiceOwner: readGroup(config, 'practice.owner'),
    practiceMs: duration('practice.lasts', DAY_MS),
    practiceEnders: new Set(config?.getOptionalStringArray('practiceEnders')),
    platformGroups: readGroups(root, config),
    requestRetentionMs: duration('retention.requests', 400 * DAY_MS),
    logRetentionMs: duration('retention.logs', 90 * DAY_MS),
  };
}

/** It runs code that people push: whatever speaks against development refuses the start. */
function readLocal(
  root: Config,
  nodeEnv: string | undefined,
): ProvisioningConfig['local'] {
  const path = 'provisioning.local';
  const local = root.getOptionalConfig(path);
  if (!local?.getOptionalBoolean('enabled')) return undefined;
  const refuse = (why: string, what: string) =>
    new InputError(
      `${path}.enabled runs code that people push, which is for development on this machine only: ${why}. ${what}, or set ${path} to null`,
    );
  if (nodeEnv !== 'development' && nodeEnv !== 'test') {
    throw refuse(`NODE_ENV is '${nodeEnv ?? ''}'`, 'Start it in development');
  }
  const host = listensOn(root);
  if (!isLoopback(host)) {
    throw refuse(
      `backend.listen has the host '${host}', where other machines reach it`,
      'Set backend.listen.host to 127.0.0.1, ::1 or localhost',
    );
  }
  const directory = local.getOptionalString('directory');
  if (!directory) {
    throw new InputError(
      `${path}.directory is missing: say where repositories are kept, e.g. ../../.data/provisioning`,
    );
  }
  return { directory: resolve(directory) };
}

/** The host a backend listens on; without one it listens everywhere. */
function listensOn(root: Config): string {
  const listen = root.getOptional('backend.listen');
  if (typeof listen === 'string') {
    return listen.slice(0, Math.max(0, listen.lastIndexOf(':')));
  }
  return root.getOptionalString('backend.listen.host') ?? '';
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

function readCount(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  const count = config?.getOptionalNumber(key) ?? fallback;
  if (Number.isInteger(count) && count >= 0 && count <= 100_000) return count;
  throw new InputError(
    `provisioning.${key} must be a whole number from 0 to 100000`,
  );
}

function readRateCard(config: Config | undefined): RateCard | null {
  const path = 'provisioning.rateCard';
  const card = config?.getOptionalConfig('rateCard');
  if (!card) return null;
  const currency = card.getString('currency');
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new InputError(`${path}.currency must be ISO 4217, e.g. EUR`);
  }
  const validFrom = Date.parse(card.getString('validFrom'));
  if (Number.isNaN(validFrom)) {
    throw new InputError(`${path}.validFrom must be a date, e.g. 2026-01-01`);
  }
  const prices = SERVICE_TYPES.flatMap(type => {
    const price = card.getOptionalNumber(`hourlyMinor.${type}`);
    if (price === undefined) return [];
    if (price < 0) {
      throw new InputError(`${path}.hourlyMinor.${type} must not be negative`);
    }
    return [[type, price] as const];
  });
  return {
    version: card.getString('version'),
    validFrom: new Date(validFrom).toISOString(),
    currency,
    hourlyMinor: Object.fromEntries(prices),
  };
}

function readGroup(config: Config | undefined, key: string): string | null {
  const text = config?.getOptionalString(key);
  return text === undefined ? null : groupAt(`provisioning.${key}`, text);
}

function readGroups(root: Config, config: Config | undefined): string[] {
  const own = config?.getOptionalStringArray('platformGroups');
  const path = own ? 'provisioning.platformGroups' : 'permission.platformTeams';
  const groups = own ?? root.getOptionalStringArray(path) ?? [];
  return groups.map((text, index) => groupAt(`${path}[${index}]`, text));
}

function groupAt(path: string, text: string): string {
  const read = groupRefSchema.safeParse(text);
  if (read.success) return read.data;
  throw new InputError(`${path} must be a group, e.g. group:default/platform`);
}
