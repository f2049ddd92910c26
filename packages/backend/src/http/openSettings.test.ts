import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { refuseOpenSettings } from './openSettings';

const KNOWN = 'fawkes-development-only-secret';
const OWN = 'Zm9yIHRoZSB0ZXN0cyBhbG9uZQ==';

function check(
  data: { auth?: JsonObject; backend?: JsonObject },
  nodeEnv: string | undefined = 'production',
) {
  return () => refuseOpenSettings(mockServices.rootConfig({ data }), nodeEnv);
}

const production = (secret?: string) => ({
  environment: 'production',
  session: { secret },
});

describe('refuseOpenSettings', () => {
  it('takes a session secret of one’s own', () => {
    expect(check({ auth: production(OWN) })).not.toThrow();
  });

  it('refuses to be without one', () => {
    expect(check({ auth: production() })).toThrow(
      /^auth\.session\.secret is missing.*AUTH_SESSION_SECRET/,
    );
    // Backstage's own words.
    expect(check({ auth: production('') })).toThrow(/'auth\.session\.secret'/);
  });

  it('refuses a configuration without any sign-in settings', () => {
    expect(check({})).toThrow(/^auth\.session\.secret is missing/);
  });

  it('refuses a session secret that can be guessed, without telling it', () => {
    const error = (() => {
      try {
        check({ auth: production('hunter2-hunter2') })();
        return undefined;
      } catch (thrown) {
        return String(thrown);
      }
    })();
    expect(error).toMatch(/auth\.session\.secret is too short to be secret/);
    expect(error).not.toContain('hunter2');
  });

  const access = (token: string) => ({
    backend: {
      listen: { host: '127.0.0.1', port: 7007 },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: OWN, subject: 'pipelines' } },
          { type: 'static', options: { token, subject: 'story' } },
        ],
      },
    },
  });
  const development = { environment: 'development', session: { secret: OWN } };

  it.each([
    [
      'the session secret of this repository',
      { auth: production(KNOWN) },
      /^auth\.session\.secret is a secret that everybody knows/,
    ],
    [
      'the token of the sample story',
      { auth: production(OWN), ...access(KNOWN) },
      /^backend\.auth\.externalAccess\[1\]\.options\.token is a secret that everybody knows/,
    ],
  ])('refuses %s, without telling it', (_, data, reason) => {
    expect(check(data)).toThrow(reason);
    expect(check(data)).not.toThrow(KNOWN);
  });

  it('lets both be on a developer’s own machine', () => {
    const auth = { environment: 'development', session: { secret: KNOWN } };
    expect(check({ auth, ...access(KNOWN) }, 'development')).not.toThrow();
    expect(check({ auth, ...access(KNOWN) }, 'production')).toThrow(
      /NODE_ENV is 'production'/,
    );
  });

  it('refuses them in development, too, where other machines reach it', () => {
    const open = { ...access(KNOWN).backend, listen: ':7007' };
    expect(check({ auth: development, backend: open }, 'development')).toThrow(
      /externalAccess\[1\]\.options\.token .* backend\.listen has the host ''/,
    );
  });
});
