import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readProvisioningConfig } from './config';

const read = (
  provisioning?: JsonObject,
  { nodeEnv = 'development', listen = { host: '127.0.0.1' } as JsonValue } = {},
) =>
  readProvisioningConfig(
    mockServices.rootConfig({
      data: { backend: { listen }, ...(provisioning && { provisioning }) },
    }),
    nodeEnv,
  );

const LOCAL = { local: { enabled: true, directory: '/var/services' } };

it('has an answer where nothing is said', () => {
  expect(read()).toEqual({
    local: undefined,
    limits: { perOwner: 20, running: 10 },
    rateCard: null,
    practiceOwner: null,
    practiceMs: 86_400_000,
    practiceEnders: new Set(),
    platformGroups: [],
    requestRetentionMs: 400 * 86_400_000,
    logRetentionMs: 90 * 86_400_000,
  });
});

it('reads what is said', () => {
  expect(
    read({
      ...LOCAL,
      quota: { perOwner: 3, running: 0 },
      rateCard: {
        version: 'v1',
        validFrom: '2026-01-01',
        currency: 'EUR',
        hourlyMinor: { api: 0.5 },
      },
      practice: { owner: 'dojo', lasts: { hours: 2 } },
      practiceEnders: ['dojo'],
      platformGroups: ['platform'],
    }),
  ).toMatchObject({
    local: { directory: '/var/services' },
    limits: { perOwner: 3, running: 0 },
    rateCard: {
      version: 'v1',
      validFrom: '2026-01-01T00:00:00.000Z',
      currency: 'EUR',
      hourlyMinor: { api: 0.5 },
    },
    practiceOwner: 'group:default/dojo',
    practiceMs: 7_200_000,
    platformGroups: ['group:default/platform'],
  });
});

describe('running code that people push', () => {
  it.each(['127.0.0.1', '::1', 'localhost', '127.8.0.1'])(
    'is for development on %s',
    host => {
      expect(read(LOCAL, { listen: { host } }).local).toBeDefined();
    },
  );

  it.each(['production', 'staging', ''])(
    'is refused with NODE_ENV=%s',
    nodeEnv => {
      expect(() => read(LOCAL, { nodeEnv })).toThrow(
        /^provisioning\.local\.enabled .* NODE_ENV is '/,
      );
    },
  );

  it.each<JsonValue>([
    { port: 7007 },
    { host: '0.0.0.0' },
    ':7007',
    '10.0.0.1:7007',
    { host: 'portal.acme.test' },
  ])('is refused where backend.listen is %j', listen => {
    expect(() => read(LOCAL, { listen })).toThrow(
      /^provisioning\.local\.enabled .* Set backend\.listen\.host to 127\.0\.0\.1/,
    );
  });

  it('is not asked about where it is switched off', () => {
    for (const local of [{ enabled: false }, null]) {
      expect(read({ local }, { nodeEnv: 'production' }).local).toBeUndefined();
    }
  });
});

it.each<[string, JsonObject, string]>([
  [
    'a place for nothing',
    { local: { enabled: true } },
    'provisioning.local.directory',
  ],
  [
    'half a service',
    { quota: { perOwner: 1.5 } },
    'provisioning.quota.perOwner',
  ],
  [
    'no time at all',
    { practice: { lasts: { hours: 0 } } },
    'provisioning.practice.lasts',
  ],
  [
    'no group',
    { platformGroups: ['user:default/mira'] },
    'provisioning.platformGroups[0]',
  ],
  [
    'no currency',
    { rateCard: { version: '1', validFrom: '2026-01-01', currency: 'euro' } },
    'provisioning.rateCard.currency',
  ],
  [
    'no day',
    { rateCard: { version: '1', validFrom: 'soon', currency: 'EUR' } },
    'provisioning.rateCard.validFrom',
  ],
  [
    'a price below nothing',
    {
      rateCard: {
        version: '1',
        validFrom: '2026-01-01',
        currency: 'EUR',
        hourlyMinor: { api: -1 },
      },
    },
    'provisioning.rateCard.hourlyMinor.api',
  ],
])('refuses %s with its path', (_, settings, path) => {
  expect(() => read(settings)).toThrow(path);
});
