import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import { developmentSignInEnabled } from './auth/developmentOnly';
import { whyNotDevelopment } from './http/development';
import { refuseOpenSettings } from './http/openSettings';
import { readPlatformTeams } from './permissions/platformTeams';

/** Tests are started here or at the root. */
const root = existsSync(join(process.cwd(), 'app-config.yaml'))
  ? process.cwd()
  : join(process.cwd(), '..', '..');
const text = (name: string) => readFileSync(join(root, name), 'utf8');
const source = (name: string) => ({ context: name, data: parse(text(name)) });

const development = source('app-config.yaml');
const production = source('app-config.production.yaml');

describe('app-config.yaml', () => {
  it('offers the development sign-in, in development only', () => {
    const config = ConfigReader.fromConfigs([development]);
    expect(developmentSignInEnabled(config, 'development')).toBe(true);
    expect(() => developmentSignInEnabled(config, 'production')).toThrow(
      /NODE_ENV is 'production'/,
    );
  });

  it('is reachable from this machine only', () => {
    const config = ConfigReader.fromConfigs([development]);
    expect(config.getString('backend.listen.host')).toBe('127.0.0.1');
    expect(whyNotDevelopment(config, 'development')).toBeUndefined();
    expect(() => refuseOpenSettings(config, 'development')).not.toThrow();
  });

  it('stays so when npm start is told another port', () => {
    const data = { backend: { listen: { port: 7107 } } };
    const config = ConfigReader.fromConfigs([
      development,
      { context: 'env', data },
    ]);
    expect(whyNotDevelopment(config, 'development')).toBeUndefined();
  });

  it('names who decides on changes', () => {
    const config = ConfigReader.fromConfigs([development]);
    expect(config.getString('cab.groups.board')).toBe(
      'group:default/change-board',
    );
    expect(config.getString('cab.groups.security')).toBe(
      'group:default/security',
    );
  });

  it('names a group that runs the portal', () => {
    const config = ConfigReader.fromConfigs([development]);
    expect(readPlatformTeams(config)).toEqual(['group:default/platform']);
  });
});

/** A file's data as Backstage reads it: a text with a variable that is not set is left out. */
function filled(value: JsonValue, env: Record<string, string>): JsonValue {
  const fill = (part: JsonValue) => filled(part, env);
  if (typeof value === 'string') {
    const names = [...value.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    if (names.some(name => !(name in env))) return undefined as never;
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => env[name]);
  }
  if (Array.isArray(value)) {
    return value.map(fill).filter(part => part !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, fill(part!)]),
  );
}

describe.each([
  ['alone', [production]],
  ['over app-config.yaml', [development, production]],
])('app-config.production.yaml %s', (_, sources) => {
  const config = ConfigReader.fromConfigs(sources);

  it('has no development sign-in', () => {
    expect(config.has('auth.providers.fawkes-dev')).toBe(false);
    expect(developmentSignInEnabled(config, 'production')).toBe(false);
    expect(config.getString('auth.environment')).toBe('production');
  });

  it('has nothing in it that is known to everybody', () => {
    const everything = JSON.stringify([
      config.get('backend.auth'),
      config.get('auth.session'),
      config.get('backend.database'),
    ]);
    expect(everything).not.toContain('development-only');
    expect(config.getString('backend.database.client')).toBe('pg');
  });

  it('configures each way to sign in that it offers', () => {
    for (const id of config.getStringArray('app.signIn.providers')) {
      expect(
        config.has(`auth.providers.${id}.production.signIn.resolvers`),
      ).toBe(true);
    }
  });

  it('shows no sample organisation', () => {
    expect(JSON.stringify(config.get('catalog.locations'))).not.toContain(
      'examples',
    );
  });

  const start = (env: Record<string, string>) => {
    const read = ConfigReader.fromConfigs(
      sources.map(({ context, data }) => ({
        context,
        data: filled(data, env) as JsonObject,
      })),
    );
    refuseOpenSettings(read, 'production');
    return readPlatformTeams(read);
  };
  const env = {
    AUTH_SESSION_SECRET: 'Zm9yIHRoZSB0ZXN0cyBhbG9uZQ==',
    FAWKES_PLATFORM_TEAM: 'group:default/platform',
    FAWKES_PIPELINE_TOKEN: 'VG9rZW4gb2YgdGhlIHRlc3RzLg==',
  };

  it('starts with what is particular to it', () => {
    expect(start(env)).toEqual(['group:default/platform']);
  });

  it('does not start without a session secret', () => {
    const { AUTH_SESSION_SECRET: _secret, ...rest } = env;
    expect(() => start(rest)).toThrow(/^auth\.session\.secret is /);
  });

  it('decides on changes with groups and a key of its own only', () => {
    const read = ConfigReader.fromConfigs(
      sources.map(({ context, data }) => ({
        context,
        data: filled(data, {
          FAWKES_CAB_BOARD: 'group:default/board',
          FAWKES_CAB_KEY: 'key',
        }) as JsonObject,
      })),
    );
    expect(read.getString('cab.groups.board')).toBe('group:default/board');
    expect(read.getString('cab.record.key')).toBe('key');
    expect(read.has('cab.record.origin')).toBe(false);
  });

  it('signs certificates with a key of its own only', () => {
    const issuerOf = (given: Record<string, string>) =>
      ConfigReader.fromConfigs(
        sources.map(({ context, data }) => ({
          context,
          data: filled(data, given) as JsonObject,
        })),
      ).getConfig('dojo.issuer');
    const named = {
      FAWKES_URL: 'https://portal.example',
      FAWKES_ORGANISATION: 'Example',
    };
    const whole = issuerOf({ ...named, FAWKES_DOJO_SEED: 'seed' });
    expect(whole.getString('url')).toBe('https://portal.example/api/dojo');
    expect(whole.getString('name')).toBe('Example');
    expect(whole.getConfigArray('keys')[0].getString('seed')).toBe('seed');
    const [key] = issuerOf(named).getConfigArray('keys');
    expect(key.has('seed')).toBe(false);
  });

  it('does not start without a platform team', () => {
    const { FAWKES_PLATFORM_TEAM: _team, ...rest } = env;
    expect(() => start(rest)).toThrow(
      /^permission\.platformTeams names no group/,
    );
  });
});
