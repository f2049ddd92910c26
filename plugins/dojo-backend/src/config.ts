import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

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
  return { sources, refreshMs };
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

function hostOf(target: string, path: string): string {
  try {
    const { host, protocol } = new URL(target);
    if (protocol === 'https:') return host;
  } catch {
    // Said below, together with addresses that are none of the web.
  }
  throw new InputError(`${path}.target must be an https address`);
}
