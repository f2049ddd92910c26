import { hostname } from 'node:os';
import type {
  AuthService,
  DatabaseService,
  LifecycleService,
  RootConfigService,
  SchedulerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  provisioningRoutes,
  type RepositoryHost,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { RepositoryPlaces } from '@fawkes/backstage-plugin-provisioning-node';
import {
  databaseAnswers,
  serveFamily,
  viewersOf,
  type FamilyServices,
} from '@fawkes/kit-backend/http';
import { Outbox, Worker } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { registerActions } from './actions';
import type { ProvisioningConfig } from './config';
import type { Core } from './core';
import { nameDriver } from './drivers/names';
import { retireDriver } from './drivers/retire';
import type { EffectDriver } from './effects/driver';
import { Drivers } from './effects/drivers';
import type { LocalHost, StartLocalHost } from './effects/localHost';
import { asksOf } from './host/asks';
import { LocalHolder } from './host/localHolder';
import { provisioningAnnouncer } from './jobs/announcer';
import { endPractice } from './jobs/endPractice';
import { purgeExpired } from './jobs/retention';
import { EVENT, eventTeller } from './jobs/tellEvents';
import { NOTICE, noticeTeller, tellEndOfPractice } from './jobs/tellPeople';
import { Leases } from './leases';
import { People } from './people/people';
import { provisioningRequestResourceRef } from './permissions/rules';
import { Places } from './places';
import { PlanMemory } from './plan/planMemory';
import { redactWith } from './redact';
import { provisioningHandlers } from './router';
import type { RunnerTimes } from './runner/core';
import { Runner } from './runner/runner';
import { tables } from './store/tables';
import { Templates } from './templates/templates';

/** Everything the backend is put together from. */
export interface ProvisioningServices extends FamilyServices {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  catalog: CatalogService;
  config: ProvisioningConfig;
  database: DatabaseService;
  db: Knex;
  events: EventsService;
  lifecycle: LifecycleService;
  notifications: NotificationService;
  rootConfig: RootConfigService;
  scheduler: SchedulerService;
  signals: SignalsService;
  userInfo: UserInfoService;
  /** Folders of templates. */
  templates: readonly string[];
  /** Drivers that modules brought. */
  drivers: readonly EffectDriver[];
  places: ReadonlyMap<RepositoryHost, RepositoryPlaces>;
  /** Starts what runs on this computer; undefined in a build without it. */
  startLocalHost?: StartLocalHost;
  times?: Partial<RunnerTimes>;
}

/** Starts what runs by itself, and serves the routes. */
export async function startProvisioning(
  services: ProvisioningServices,
): Promise<void> {
  const { auth, catalog, config, db, logger, scheduler } = services;
  const now = () => Date.now();
  const redact = redactWith(services.rootConfig);
  const leases = new Leases({ db, holder: `${hostname()}/${uuid()}` });
  const people = new People({ ...services, ...config });
  const announcer = provisioningAnnouncer(services);
  const own: EffectDriver[] = [nameDriver, retireDriver(db, now)];
  // Made of the core that asks for them.
  const later: {
    localHost?: LocalHost;
    holder?: LocalHolder;
    worker?: Worker;
  } = {};
  const core: Core = {
    auth,
    catalog,
    config,
    db,
    leases,
    logger,
    now,
    people,
    redact,
    times: services.times,
    announce: ids => announcer.announce(ids),
    // What is more particular comes first.
    drivers: new Drivers(() => [
      ...(later.localHost?.drivers ?? []),
      ...services.drivers,
      ...own,
    ]),
    localHost: () => later.localHost,
    localLease: () => later.holder?.lease(),
    nudge: () => later.worker?.nudge(),
    places: new Places(config, () => later.localHost, services.places),
    plans: new PlanMemory(),
    templates: await Templates.read(services.templates),
  };
  const outbox = new Outbox({
    db,
    table: tables.outbox,
    logger,
    now,
    tellers: {
      [EVENT]: eventTeller(services.events),
      [NOTICE]: noticeTeller({ ...services, ...config, now }),
    },
  });
  const runner = new Runner(core);
  const working = new Worker({
    name: 'provisioning',
    logger,
    steps: [
      () => later.holder?.take() ?? Promise.resolve(0),
      runner.claim,
      outbox.step,
    ],
  });
  later.worker = working;
  if (config.local && services.startLocalHost) {
    later.localHost = await services.startLocalHost({
      asks: asksOf(() => core),
      directory: config.local.directory,
      db,
      logger,
      redact,
    });
    later.holder = new LocalHolder(later.localHost, leases, logger);
  }

  await scheduler.scheduleTask({
    id: 'provisioning-practice',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 10 },
    timeout: { minutes: 5 },
    fn: async () => {
      await tellEndOfPractice(db, now());
      await endPractice(core, logger);
    },
  });
  await scheduler.scheduleTask({
    id: 'provisioning-retention',
    frequency: { hours: 6 },
    initialDelay: { minutes: 2 },
    timeout: { minutes: 30 },
    fn: async () => {
      await purgeExpired(db, config, now());
      await outbox.forget();
    },
  });
  services.lifecycle.addStartupHook(() => working.start());
  services.lifecycle.addShutdownHook(async () => {
    await working.stop();
    await runner.stop();
    await later.holder?.close();
  });

  services.readiness.add('the database of provisioning', databaseAnswers(db));
  const viewerOf = viewersOf(services, [provisioningRequestResourceRef]);
  registerActions(services.actionsRegistry, { core, viewerOf });
  const handlers = provisioningHandlers({ core });
  serveFamily(services, provisioningRoutes, handlers, { viewerOf });
}
