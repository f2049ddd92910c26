import {
  BAND_TABLES,
  bandTableOf,
  durationBand,
  frequencyBand,
  rateBand,
  type BandTable,
} from './bands';

const HOUR = 3_600;
const DAY = 24 * HOUR;

describe('durationBand', () => {
  it.each([
    ['2023', 'leadTime', DAY - 1, 'elite'],
    ['2023', 'leadTime', DAY, 'high'],
    ['2023', 'leadTime', 7 * DAY - 1, 'high'],
    ['2023', 'leadTime', 7 * DAY, 'medium'],
    ['2023', 'leadTime', 30 * DAY - 1, 'medium'],
    ['2023', 'leadTime', 30 * DAY, 'low'],
    ['2021', 'leadTime', HOUR - 1, 'elite'],
    ['2021', 'leadTime', HOUR, 'high'],
    ['2021', 'leadTime', 7 * DAY, 'medium'],
    ['2021', 'leadTime', 180 * DAY - 1, 'medium'],
    ['2021', 'leadTime', 180 * DAY, 'low'],
    ['2023', 'recoveryTime', HOUR - 1, 'elite'],
    ['2023', 'recoveryTime', HOUR, 'high'],
    ['2023', 'recoveryTime', DAY, 'medium'],
    ['2023', 'recoveryTime', 7 * DAY, 'low'],
    ['2021', 'recoveryTime', HOUR - 1, 'elite'],
    ['2021', 'recoveryTime', DAY - 1, 'high'],
    ['2021', 'recoveryTime', 7 * DAY - 1, 'medium'],
    ['2021', 'recoveryTime', 7 * DAY, 'low'],
  ] as const)('%s %s of %d s is %s', (table, metric, seconds, band) => {
    expect(durationBand(seconds, BAND_TABLES[table][metric])).toBe(band);
  });

  it('is unknown when the duration is', () => {
    expect(durationBand(null, BAND_TABLES['2023'].leadTime)).toBeNull();
  });
});

describe('rateBand', () => {
  it.each([
    ['2023', 0, 'elite'],
    ['2023', 0.05, 'elite'],
    ['2023', 0.0501, 'high'],
    ['2023', 0.1, 'high'],
    ['2023', 0.15, 'medium'],
    ['2023', 0.151, 'low'],
    ['2021', 0.15, 'elite'],
    ['2021', 0.2, 'high'],
    ['2021', 0.3, 'medium'],
    ['2021', 0.301, 'low'],
  ] as const)('%s fail rate of %d is %s', (table, rate, band) => {
    expect(rateBand(rate, BAND_TABLES[table].changeFailRate)).toBe(band);
  });

  it('invents no band for rework, of which DORA has published none', () => {
    expect(rateBand(0.1, BAND_TABLES['2023'].reworkRate)).toBeNull();
    expect(rateBand(null, BAND_TABLES['2023'].changeFailRate)).toBeNull();
  });
});

describe('frequencyBand', () => {
  it.each([
    ['2023', 5, 60, 90, 'elite'],
    ['2023', 4.5, 60, 90, 'high'],
    ['2023', 1, 13, 90, 'high'],
    ['2023', 0.5, 6, 90, 'medium'],
    ['2023', 0, 3, 90, 'medium'],
    ['2023', 0, 2, 90, 'low'],
    ['2023', 0, 1, 31, 'medium'],
    ['2023', 0, 12, 365, 'medium'],
    ['2023', 0, 11, 365, 'low'],
    ['2023', 0, 0, 7, 'low'],
    ['2021', 5, 60, 90, 'elite'],
    ['2021', 1, 13, 90, 'high'],
    ['2021', 0, 3, 90, 'high'],
    ['2021', 0, 2, 90, 'medium'],
    ['2021', 0, 2, 365, 'medium'],
    ['2021', 0, 1, 365, 'low'],
    ['2021', 0, 0, 30, 'low'],
  ] as const)(
    '%s: weekly median %d, %d deploy-days in %d days is %s',
    (table, deployDaysPerWeek, deployDays, elapsedDays, band) => {
      const measure = { deployDaysPerWeek, deployDays, elapsedDays };
      const levels = BAND_TABLES[table].deploymentFrequency;
      expect(frequencyBand(measure, levels)).toBe(band);
    },
  );

  it('is unknown without a complete week', () => {
    expect(
      frequencyBand(
        { deployDaysPerWeek: null, deployDays: 5, elapsedDays: 6 },
        BAND_TABLES['2023'].deploymentFrequency,
      ),
    ).toBeNull();
  });
});

describe('bandTableOf', () => {
  const custom: BandTable = {
    ...BAND_TABLES['2023'],
    name: 'Acme',
    reworkRate: { elite: 0.02, high: 0.05, medium: 0.1 },
  };

  it('knows the published tables and the configured one', () => {
    expect(bandTableOf('2021')).toBe(BAND_TABLES['2021']);
    expect(bandTableOf('2023', custom)).toBe(BAND_TABLES['2023']);
    expect(bandTableOf('custom', custom)).toBe(custom);
    expect(rateBand(0.05, custom.reworkRate)).toBe('high');
  });

  it('says what to do when none is configured', () => {
    expect(() => bandTableOf('custom')).toThrow(/use bands=2023/);
  });
});
