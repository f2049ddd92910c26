import type { LoggerService } from '@backstage/backend-plugin-api';
import { Worker } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import { processDirty } from '../derive/processDirty';
import type { DeriveSettings } from '../derive/deriveContext';
import { rollUp } from '../derive/rollUp/rollUp';
import { processInbox, type ProcessContext } from '../intake/processInbox';
import type { Mapper } from '../intake/mappers';
import { numberChanges } from '../store/changes';
import { endRebuild } from '../store/rebuild';
import { upgradeFacts } from './upgrade';
import { tellDeployments, type Publish } from './tellDeployments';

const INBOX_BATCH = 500;
const DERIVE_BATCH = 100;
const DAYS_BATCH = 2_000;
const CHANGES_BATCH = 2_000;
const NEWS_BATCH = 100;

/** What a worker works with. */
export interface DeliveryWorkerOptions {
  db: Knex;
  logger: LoggerService;
  mappers: ReadonlyMap<string, Mapper>;
  context: DeriveSettings;
  now: () => number;
  /** Told after services have new numbers. */
  onDerived(services: string[]): void;
  /** Tells other plugins of a deployment. */
  publish: Publish;
}

/** Turns what the intake keeps into numbers: inbox → facts → derived rows → news and roll-ups. */
export function deliveryWorker(options: DeliveryWorkerOptions): Worker {
  const { db, logger, context } = options;
  return new Worker({
    name: 'delivery',
    logger,
    steps: [
      () => receive(options),
      () => upgrade(options),
      () => derive(options),
      () => numberChanges(db, CHANGES_BATCH),
      () =>
        tellDeployments(db, NEWS_BATCH, {
          now: options.now(),
          publish: options.publish,
        }),
      () => rollUp(db, DAYS_BATCH, context),
      () => noteRebuilt(options),
    ],
  });
}

async function receive(options: DeliveryWorkerOptions): Promise<number> {
  return processInbox(options.db, INBOX_BATCH, toProcess(options));
}

/** Only after what is new: it may take long. */
async function upgrade(options: DeliveryWorkerOptions): Promise<number> {
  return upgradeFacts(options.db, toProcess(options));
}

function toProcess({
  logger,
  mappers,
  context,
  now,
}: DeliveryWorkerOptions): ProcessContext {
  return { now: now(), dayOf: context.dayOf, mappers, logger };
}

/** Says when everything has been made anew; it is no work of its own. */
async function noteRebuilt({
  db,
  logger,
  now,
  onDerived,
}: DeliveryWorkerOptions): Promise<number> {
  const took = await endRebuild(db, now());
  if (took !== null) {
    logger.info('All numbers have been made anew', {
      seconds: Math.round(took / 1000),
    });
    // Whatever is looked at still says that it goes on.
    onDerived(
      await db('service_facts').distinct('service_ref').pluck('service_ref'),
    );
  }
  return 0;
}

async function derive(options: DeliveryWorkerOptions): Promise<number> {
  const { db, logger, context, now, onDerived } = options;
  const failures: unknown[] = [];
  const services = await processDirty(
    db,
    DERIVE_BATCH,
    { ...context, now: now() },
    (affected, error) => {
      if (affected.length > 1) {
        logger.warn('Services could not be derived; taking them one by one', {
          services: affected.length,
          error: String(error),
        });
        return;
      }
      logger.error('A service could not be derived', {
        service: affected[0],
        error: String(error),
      });
      failures.push(error);
    },
  );
  if (services.length > 0) onDerived(services);
  // Only now, after everything else has had its turn: it will be tried again.
  if (failures.length > 0) throw failures[0];
  return services.length;
}
