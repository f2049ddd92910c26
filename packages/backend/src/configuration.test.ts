import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { developmentSignInEnabled } from './auth/developmentOnly';

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
  });
});

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
});
