import type { DeliveryApi } from '../api';

/** An API on which every call a test does not expect fails loudly. */
export function fakeApi(
  overrides: Partial<jest.Mocked<DeliveryApi>> = {},
): jest.Mocked<DeliveryApi> {
  const unexpected = (name: string) =>
    jest.fn(async () => {
      throw new Error(`${name} was not expected`);
    });
  return {
    getMetrics: unexpected('getMetrics'),
    getMetricsBy: unexpected('getMetricsBy'),
    getDeployments: unexpected('getDeployments'),
    getDeployment: unexpected('getDeployment'),
    getChange: unexpected('getChange'),
    getIncidents: unexpected('getIncidents'),
    getQuality: unexpected('getQuality'),
    getIntake: unexpected('getIntake'),
    getSources: unexpected('getSources'),
    getRejected: unexpected('getRejected'),
    getCsv: unexpected('getCsv'),
    markDeployment: unexpected('markDeployment'),
    replay: unexpected('replay'),
    startBackfill: unexpected('startBackfill'),
    ...overrides,
  };
}
