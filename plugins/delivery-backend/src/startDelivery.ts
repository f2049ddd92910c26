import type {
  AuthService,
  DatabaseService,
  LifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryService,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_DEPLOYMENT_TOPIC,
  deliveryRoutes,
} from '@fawkes/backstage-plugin-delivery-common';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import {
  databaseAnswers,
  serveFamily,
  viewersOf,
  type FamilyServices,
} from '@fawkes/kit-backend/http';
import { openDatabase } from '@fawkes/kit-backend/sql';
import { registerGetMetrics } from './actions/getMetrics';
import { registerListFailedDeployments } from './actions/listFailedDeployments';
import type { DeliveryConfig } from './config';
import { deriveContextOf } from './derive/deriveContext';
import { eventMapper, sourceMapper, type Mapper } from './intake/mappers';
import { hideNamesWith } from './intake/people';
import { deliveryAnnouncer } from './jobs/announcer';
import { Backfills } from './jobs/backfill';
import { listenToTopics } from './jobs/listen';
import { rebuildIfChanged } from './jobs/rebuildIfChanged';
import { refreshMapping } from './jobs/refreshMapping';
import { purgeExpired } from './jobs/retention';
import { observeIntake } from './jobs/telemetry';
import { deliveryServiceResourceRef } from './permissions/rules';
import { deliveryWorker } from './jobs/worker';
import { deliveryHandlers } from './router';
import { MIGRATIONS } from './store/database';

/** Everything the backend is put together from. */
export interface DeliveryServices extends FamilyServices {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  catalog: CatalogService;
  config: DeliveryConfig;
  database: DatabaseService;
  events: EventsService;
  lifecycle: LifecycleService;
  metrics: MetricsService;
  scheduler: SchedulerService;
  signals: SignalsService;
  sources: ReadonlyMap<string, DeliverySource>;
}

/** Opens the database, starts what runs by itself, and serves the routes. */
export async function startDelivery(services: DeliveryServices): Promise<void> {
  const { config, sources, catalog, auth, logger, scheduler } = services;
  const now = () => Date.now();
  const db = await openDatabase(services.database, MIGRATIONS);
  if (await rebuildIfChanged(db, config, now())) {
    logger.info(
      'Rules or settings have changed: all numbers are made anew, and those of before answer until then',
    );
  }

  const hideName = hideNamesWith(config.identityKey);
  const mappers = new Map<string, Mapper>([['event', eventMapper]]);
  for (const source of sources.values()) {
    mappers.set(source.id, sourceMapper(source, hideName));
  }
  const announcer = deliveryAnnouncer(services);
  const context = deriveContextOf(config);
  const apply = () => ({ now: now(), dayOf: context.dayOf });
  const worker = deliveryWorker({
    db,
    logger,
    mappers,
    now,
    onDerived: names => announcer.announce(names),
    publish: news =>
      services.events.publish({
        topic: DELIVERY_DEPLOYMENT_TOPIC,
        eventPayload: news,
      }),
    context,
  });
  const nudge = () => worker.nudge();
  const backfills = new Backfills({
    db,
    logger,
    sources,
    hideName,
    apply,
    onLoaded: nudge,
  });

  observeIntake(services.metrics, db, now);

  const stopping = new AbortController();
  await listenToTopics({
    db,
    events: services.events,
    logger,
    sources,
    now,
    onKept: nudge,
    signal: stopping.signal,
  });
  await scheduler.scheduleTask({
    id: 'delivery-mapping',
    frequency: { milliseconds: config.catalogRefreshMs },
    initialDelay: { seconds: 3 },
    timeout: { minutes: 5 },
    fn: async () => {
      const changed = await refreshMapping({
        db,
        catalog,
        auth,
        apply: apply(),
      });
      if (changed > 0) {
        logger.info(`The catalog maps ${changed} services anew`);
        nudge();
      }
    },
  });
  await scheduler.scheduleTask({
    id: 'delivery-retention',
    frequency: { hours: 6 },
    initialDelay: { minutes: 2 },
    timeout: { minutes: 30 },
    fn: async () => {
      await purgeExpired(db, config, now());
    },
  });
  for (const source of sources.values()) {
    if (!source.schedule) continue;
    await scheduler.scheduleTask({
      ...source.schedule,
      id: `delivery-backfill-${source.id}`,
      fn: async () => {
        await (
          await backfills.start(source.id)
        ).done;
      },
    });
  }
  services.lifecycle.addStartupHook(() => worker.start());
  services.lifecycle.addShutdownHook(async () => {
    stopping.abort();
    await backfills.stop();
    await worker.stop();
  });

  services.readiness.add('the database of delivery', databaseAnswers(db));
  const viewerOf = viewersOf(services, [deliveryServiceResourceRef]);
  const actionDeps = { db, config, viewerOf, now };
  registerGetMetrics(services.actionsRegistry, actionDeps);
  registerListFailedDeployments(services.actionsRegistry, actionDeps);
  const handlers = deliveryHandlers({
    db,
    config,
    sources,
    mappers,
    backfills,
    hideName,
    now,
    nudge,
    announce: names => announcer.announce(names),
  });
  serveFamily(services, deliveryRoutes, handlers, { viewerOf });
}
