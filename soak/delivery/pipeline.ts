import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { Worker } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import { readDeliveryConfig } from '../../plugins/delivery-backend/src/config';
import { deriveContextOf } from '../../plugins/delivery-backend/src/derive/deriveContext';
import { eventMapper } from '../../plugins/delivery-backend/src/intake/mappers';
import { deliveryWorker } from '../../plugins/delivery-backend/src/jobs/worker';
import { NOW } from './load';

/** The settings of the soak: days that are not those of UTC. */
export const config = readDeliveryConfig(
  new ConfigReader({ delivery: { timezone: 'Europe/Berlin' } }),
);

/** The local day of an instant. */
export const { dayOf } = deriveContextOf(config);

/** A worker as the plugin starts one. */
export function workerOn(db: Knex, onError: (error: string) => void): Worker {
  return deliveryWorker({
    db,
    logger: loggerTo(onError),
    mappers: new Map([['event', eventMapper]]),
    context: deriveContextOf(config),
    now: () => NOW,
    onDerived: () => {},
    publish: async () => {},
  });
}

function loggerTo(onError: (error: string) => void): LoggerService {
  const logger: LoggerService = {
    error: (message, meta) => onError(`${message} ${JSON.stringify(meta)}`),
    warn: (message, meta) => onError(`${message} ${JSON.stringify(meta)}`),
    info: () => {},
    debug: () => {},
    child: () => logger,
  };
  return logger;
}
