import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readIssuer } from './certificates/readIssuer';
import type { IssuerConfig } from './certificates/issuer';
import type { Retention } from './people/forget';

/** Where a curriculum comes from. */
export interface SourceConfig {
  id: string;
  type: 'file' | 'url';
  target: string;
  owner: string;
}

/** The plugin's settings, read once at start. */
export interface DojoConfig {
  sources: SourceConfig[];
  refreshMs: number;
  /** What `http-probe` may ask: `host` or `host:port`. */
  probeAllow: ReadonlySet<string>;
  /** Deployments of sandbox sources count in labs. */
  sandboxCounts: boolean;
  /** Who signs certificates. */
  issuer: IssuerConfig;
  /** How long answers, evidence and looks are kept. */
  retention: Retention;
  /** People who may take awards back beside the owners, in small letters. */
  revokers: ReadonlySet<string>;
}

/** Reads and checks the settings; a wrong one is refused at start with its path. */
export function readDojoConfig(root: Config): DojoConfig {
  const config = root.getOptionalConfig('dojo');
  const hosts = new Set(config?.getOptionalStringArray('allowedHosts'));
  const sources = (config?.getOptionalConfigArray('sources') ?? []).map(
    (source, index) => readSource(source, `dojo.sources[${index}]`, hosts),
  );
  const twice = sources.find(
    ({ id }, index) => sources.findIndex(each => each.id === id) !== index,
  );
  if (twice) {
    throw new InputError(`dojo.sources has two sources called '${twice.id}'`);
  }
  const refreshMs = config?.has('refresh')
    ? durationToMilliseconds(readDurationFromConfig(config, { key: 'refresh' }))
    : 60_000;
  if (refreshMs < 1_000) {
    throw new InputError('dojo.refresh must be a second at least');
  }
  return {
    sources,
    issuer: readIssuer(root, sources.length > 0),
    retention: readRetention(config),
    revokers: readRevokers(config),
    refreshMs,
    probeAllow: readProbeAllow(config),
    sandboxCounts:
      config?.getOptionalBoolean('practice.sandboxCounts') ?? false,
  };
}

function readSource(
  config: Config,
  path: string,
  hosts: ReadonlySet<string>,
): SourceConfig {
  const id = config.getString('id');
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) {
    throw new InputError(
      `${path}.id must be a name of small letters, digits and dashes`,
    );
  }
  const type = config.getString('type');
  if (type !== 'file' && type !== 'url') {
    throw new InputError(`${path}.type must be file or url`);
  }
  const target = config.getString('target');
  if (type === 'url' && !hosts.has(hostOf(target, path))) {
    throw new InputError(
      `${path}.target is on a host that dojo.allowedHosts does not name`,
    );
  }
  const owner = config.getString('owner');
  if (!/^group:[^/\s]+\/[^/\s]+$/.test(owner)) {
    throw new InputError(
      `${path}.owner must be a full reference of a group, e.g. group:default/platform`,
    );
  }
  return { id, type, target, owner };
}

const DAY_MS = 86_400_000;

function readRetention(config: Config | undefined): Retention {
  const read = (name: keyof Retention) => {
    const key = `retention.${name}`;
    if (!config?.has(key)) return 730 * DAY_MS;
    const ms = durationToMilliseconds(readDurationFromConfig(config, { key }));
    if (ms >= DAY_MS) return ms;
    throw new InputError(`dojo.${key} must be a day at least`);
  };
  return {
    evidence: read('evidence'),
    answers: read('answers'),
    looks: read('looks'),
  };
}

function readRevokers(config: Config | undefined): ReadonlySet<string> {
  const people = config?.getOptionalStringArray('revokers') ?? [];
  for (const [index, person] of people.entries()) {
    if (/^user:[^/\s]+\/[^/\s]+$/i.test(person)) continue;
    throw new InputError(
      `dojo.revokers[${index}] must be a full reference of a user, e.g. user:default/ada`,
    );
  }
  return new Set(people.map(person => person.toLowerCase()));
}

function readProbeAllow(config: Config | undefined): ReadonlySet<string> {
  const hosts = config?.getOptionalStringArray('probe.allow') ?? [];
  for (const [index, host] of hosts.entries()) {
    const address = `https://${host}`;
    if (URL.canParse(address) && new URL(address).host === host) continue;
    throw new InputError(
      `dojo.probe.allow[${index}] must be a host in small letters, with a port where it is not the usual one: portal.example.org:8443`,
    );
  }
  return new Set(hosts);
}

function hostOf(target: string, path: string): string {
  try {
    const { host, protocol } = new URL(target);
    if (protocol === 'https:') return host;
  } catch {
    // Said below, together with addresses that are none of the web.
  }
  throw new InputError(`${path}.target must be an https address`);
}
