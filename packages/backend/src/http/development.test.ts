import { mockServices } from '@backstage/backend-test-utils';
import type { JsonValue } from '@backstage/types';
import { knownSecrets, whyNotDevelopment } from './development';

describe('whyNotDevelopment', () => {
  const ask = (
    listen: JsonValue | undefined,
    environment: string | undefined = 'development',
    nodeEnv: string | undefined = 'development',
  ) =>
    whyNotDevelopment(
      mockServices.rootConfig({
        data: { backend: { listen }, auth: { environment } },
      }),
      nodeEnv,
    );

  it.each<[JsonValue]>([
    [{ host: '127.0.0.1', port: 7007 }],
    [{ host: '127.0.0.1' }],
    [{ host: '::1', port: 7007 }],
    [{ host: 'localhost', port: 7007 }],
    ['127.0.0.1:7007'],
    ['localhost:7007'],
  ])('has nothing against the listener %j', listen => {
    expect(ask(listen)).toBeUndefined();
    expect(ask(listen, 'development', 'test')).toBeUndefined();
  });

  it.each<[JsonValue | undefined, string]>([
    [undefined, ''],
    [{}, ''],
    [{ port: 7007 }, ''],
    [{ host: '', port: 7007 }, ''],
    [':7007', ''],
    ['7007', ''],
    [{ host: '0.0.0.0', port: 7007 }, '0.0.0.0'],
    [{ host: '::', port: 7007 }, '::'],
    [{ host: '10.1.2.3' }, '10.1.2.3'],
    ['0.0.0.0:7007', '0.0.0.0'],
    ['portal.example:7007', 'portal.example'],
  ])('names the listener %j and what to do', (listen, host) => {
    expect(ask(listen)).toBe(
      `backend.listen has the host '${host}', where other machines reach it (set backend.listen.host to 127.0.0.1, ::1 or localhost)`,
    );
  });

  it.each<[JsonValue]>([
    [{ host: 7 }],
    ['::1:7007'],
    ['[::1]:7007'],
    [7007],
    [['127.0.0.1']],
  ])('leaves the listener %j to be refused as Backstage does', listen => {
    expect(() => ask(listen)).toThrow(/listen/);
  });

  it.each(['production', undefined, '', 'staging'])(
    'minds NODE_ENV=%s and auth.environment=%s',
    value => {
      const host = { host: '127.0.0.1' };
      expect(
        whyNotDevelopment(
          mockServices.rootConfig({ data: { backend: { listen: host } } }),
          value,
        ),
      ).toBe(`NODE_ENV is '${value ?? ''}'`);
      expect(
        whyNotDevelopment(
          mockServices.rootConfig({
            data: {
              backend: { listen: host },
              auth: value === '' ? {} : { environment: value },
            },
          }),
          'development',
        ),
      ).toBe(`auth.environment is '${value ?? ''}'`);
    },
  );
});

describe('knownSecrets', () => {
  it('finds those of this repository wherever secrets are', () => {
    const known = 'fawkes-development-only-anything';
    const config = mockServices.rootConfig({
      data: {
        auth: {
          session: { secret: known },
          providers: { oidc: { development: { clientSecret: known } } },
        },
        backend: {
          auth: {
            keys: [{ secret: 'own' }, { secret: known }],
            externalAccess: [{ type: 'static', options: { token: known } }],
          },
        },
        app: { title: known },
      },
    });
    expect(knownSecrets(config)).toEqual([
      'auth.session.secret',
      'auth.providers.oidc.development.clientSecret',
      'backend.auth.keys[1].secret',
      'backend.auth.externalAccess[0].options.token',
    ]);
  });

  it('finds none where there are none', () => {
    expect(knownSecrets(mockServices.rootConfig())).toEqual([]);
  });
});
