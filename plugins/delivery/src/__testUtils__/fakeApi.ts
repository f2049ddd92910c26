import type { DeliveryApi } from '../api';

type Method = (...args: never[]) => Promise<unknown>;

/** A mock of one method; a call nobody expects fails loudly. */
function mock<F extends Method>(
  name: string,
  answer: F | undefined,
): jest.Mock<ReturnType<F>, Parameters<F>> {
  return jest.fn(
    (...args: Parameters<F>) =>
      (answer
        ? answer(...args)
        : Promise.reject(
            new Error(`${name} was not expected`),
          )) as ReturnType<F>,
  );
}

/** An API of which a test defines what it needs. */
export function fakeApi(
  answers: Partial<DeliveryApi> = {},
): jest.Mocked<DeliveryApi> {
  return {
    getMetrics: mock('getMetrics', answers.getMetrics),
    getMetricsBy: mock('getMetricsBy', answers.getMetricsBy),
    getDeployments: mock('getDeployments', answers.getDeployments),
    getDeployment: mock('getDeployment', answers.getDeployment),
    getChange: mock('getChange', answers.getChange),
    getIncidents: mock('getIncidents', answers.getIncidents),
    getQuality: mock('getQuality', answers.getQuality),
    getIntake: mock('getIntake', answers.getIntake),
    getSources: mock('getSources', answers.getSources),
    getRejected: mock('getRejected', answers.getRejected),
    getCsv: mock('getCsv', answers.getCsv),
    markDeployment: mock('markDeployment', answers.markDeployment),
    replay: mock('replay', answers.replay),
    startBackfill: mock('startBackfill', answers.startBackfill),
  };
}
