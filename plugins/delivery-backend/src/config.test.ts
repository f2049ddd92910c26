import { ConfigReader } from '@backstage/config';
import { readDeliveryConfig } from './config';

const read = (delivery?: object) =>
  readDeliveryConfig(new ConfigReader(delivery ? { delivery } : {}));

const HOUR_MS = 3_600_000;
const levels = (elite: number, high: number, medium: number) => ({
  elite,
  high,
  medium,
});

describe('readDeliveryConfig', () => {
  it('needs nothing', () => {
    expect(read()).toEqual({
      timezone: 'UTC',
      productionPattern: /^(prod|production)$/i,
      incidentWindowMs: 24 * HOUR_MS,
      countMerges: false,
      countJobs: false,
      hotfixBranch: /^hotfix[/-]/i,
      hotfixLabel: /^hotfix$/i,
      countBots: true,
      bots: expect.objectContaining({ terms: [] }),
      incidents: expect.objectContaining({ terms: [] }),
      sandboxSources: new Set(),
      sampleSources: new Set(['fawkes-story']),
      catalogRefreshMs: 60_000,
      payloadRetentionMs: 400 * 24 * HOUR_MS,
      rejectedRetentionMs: 30 * 24 * HOUR_MS,
      customBands: undefined,
      identityKey: undefined,
      actorReaders: new Set(),
    });
    expect(JSON.stringify(read({}))).toEqual(JSON.stringify(read()));
  });

  it('takes every setting', () => {
    const config = read({
      timezone: 'Europe/Berlin',
      productionEnvironments: '^live-',
      incidentWindow: { hours: 48 },
      countMergeCommits: false,
      countBots: false,
      bots: ['name=dependabot*', '!label=chore'],
      incidents: ['none', 'severity=sev1'],
      sandboxSources: ['stand-in'],
      sampleSources: [],
      catalogRefresh: { minutes: 5 },
      retention: { payloads: { days: 10 }, rejected: 'P3D' },
      identityKey: 'a key of some length',
      actorReaders: ['dojo'],
      bands: {
        deploymentFrequency: levels(7, 3, 1),
        leadTime: levels(3_600, 86_400, 604_800),
        changeFailRate: levels(0.05, 0.1, 0.2),
        recoveryTime: levels(600, 3_600, 86_400),
      },
    });
    expect(config).toMatchObject({
      timezone: 'Europe/Berlin',
      incidentWindowMs: 48 * HOUR_MS,
      countMerges: false,
      countBots: false,
      sandboxSources: new Set(['stand-in']),
      sampleSources: new Set(),
      catalogRefreshMs: 5 * 60_000,
      payloadRetentionMs: 10 * 24 * HOUR_MS,
      rejectedRetentionMs: 3 * 24 * HOUR_MS,
      identityKey: 'a key of some length',
      actorReaders: new Set(['dojo']),
    });
    expect(config.productionPattern.test('LIVE-eu')).toBe(true);
    expect(config.bots.verdict({ name: ['Dependabot[bot]'] })).toBe(true);
    expect(config.incidents.verdict({ severity: ['sev2'] })).toBe(false);
    expect(config.customBands).toMatchObject({
      name: 'custom',
      deploymentFrequency: {
        elite: { days: 7, per: 'week' },
        high: { days: 3, per: 'week' },
        medium: { days: 1, per: 'week' },
      },
      changeFailRate: levels(0.05, 0.1, 0.2),
    });
  });

  it.each<[string, object]>([
    ['delivery.timezone', { timezone: 'Mars/Olympus' }],
    ['delivery.productionEnvironments', { productionEnvironments: '(' }],
    ['delivery.incidentWindow', { incidentWindow: { moons: 1 } }],
    ['delivery.catalogRefresh', { catalogRefresh: 'soon' }],
    ['delivery.countBots', { countBots: 'perhaps' }],
    ['delivery.bots', { bots: 'name=renovate*' }],
    ['delivery.bots[1]', { bots: ['all', 'severity=low'] }],
    ['delivery.incidents[0]', { incidents: ['severity='] }],
    ['delivery.incidents', { incidents: Array(51).fill('none') }],
    ['delivery.sandboxSources', { sandboxSources: [1] }],
    [
      'delivery.bands.leadTime',
      { bands: { deploymentFrequency: levels(1, 1, 1) } },
    ],
    [
      'delivery.bands.deploymentFrequency.high',
      { bands: { deploymentFrequency: { elite: 1 } } },
    ],
  ])('refuses a wrong %s and names it', (path, settings) => {
    expect(() => read(settings)).toThrow(path.replace(/^delivery\./, ''));
  });

  it.each<[string, object]>([
    ['incidentWindow', { incidentWindow: { hours: -1 } }],
    ['catalogRefresh', { catalogRefresh: { seconds: 0 } }],
    ['retention.payloads', { retention: { payloads: { days: -5 } } }],
  ])('refuses a %s that cannot be', (path, settings) => {
    expect(() => read(settings)).toThrow(`delivery.${path}`);
  });
});
