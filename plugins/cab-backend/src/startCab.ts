import type {
  AuthService,
  DatabaseService,
  LifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { cabRoutes } from '@fawkes/backstage-plugin-cab-common';
import type { ChangeFactsProvider } from '@fawkes/backstage-plugin-cab-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ProvisioningService } from '@fawkes/backstage-plugin-provisioning-node';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import {
  databaseAnswers,
  serveFamily,
  viewersOf,
  type FamilyServices,
} from '@fawkes/kit-backend/http';
import { isPostgres, openDatabase } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { registerActions } from './actions';
import { tickClocks, withdrawUntouched } from './cases/clocks';
import type { CaseDeps } from './cases/deps';
import { expireApprovals } from './cases/ending';
import { ENGINE } from './cases/moving';
import type { CabConfig } from './config';
import { startEvidence } from './evidence/startEvidence';
import { closeEnded } from './exceptions/closing';
import { remindOfEnds } from './exceptions/reminding';
import { conflictsIn } from './facts/conflicts';
import { readFacts, readPlace, type FactsDeps } from './facts/readFacts';
import { Gate } from './gate/gate';
import { localGit } from './git/localGit';
import { listenToDelivery } from './observe/listen';
import { Directory } from './people/directory';
import { cabEntityResourceRef } from './permissions/rules';
import { Reading } from './read/reading';
import { Checkpointer } from './record/checkpoints';
import { guardDifferences } from './record/guards';
import { openSigner } from './record/openSigner';
import { cabHandlers } from './router';
import { MIGRATIONS } from './store/database';

/** Everything the backend is put together from. */
export interface CabServices extends FamilyServices {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  catalog: CatalogService;
  config: CabConfig;
  database: DatabaseService;
  delivery: DeliveryService;
  events: EventsService;
  lifecycle: LifecycleService;
  notifications: NotificationService;
  provisioning: ProvisioningService;
  providers: readonly ChangeFactsProvider[];
  scheduler: SchedulerService;
}

/** Opens the record, starts what runs by itself, and serves the routes. */
export async function startCab(services: CabServices): Promise<void> {
  const { config, logger, scheduler } = services;
  const db = await openDatabase(services.database, MIGRATIONS);
  await prepareConnections(db);
  services.readiness.add('the database of cab', databaseAnswers(db));
  for (const difference of await guardDifferences(db)) {
    logger.error(
      `The record of change approvals is not guarded: ${difference}`,
    );
  }
  const { signer, memory } = await openSigner(config, logger);
  const checkpointer = new Checkpointer(db, signer, memory);
  const facts: FactsDeps = {
    ...services,
    // Modules know their repositories better than what is read of any.
    providers: [
      ...services.providers,
      localGit({ ...services, size: config.size }),
    ],
    conflicts: conflictsIn(db),
  };
  const cases: CaseDeps = {
    db,
    config,
    directory: new Directory(services, config.identity),
    facts: (question, now) => readFacts(facts, question, now),
    place: question => readPlace(facts, question),
    checkpointer,
    events: services.events,
    logger,
  };
  await scheduler.scheduleTask({
    id: 'cab-checkpoint',
    frequency: { seconds: 60 },
    initialDelay: { seconds: 10 },
    timeout: { minutes: 1 },
    fn: async () => {
      await checkpointer.checkpoint();
    },
  });
  await scheduler.scheduleTask({
    id: 'cab-expiry',
    frequency: { seconds: 60 },
    initialDelay: { seconds: 20 },
    timeout: { minutes: 1 },
    fn: async () => {
      await expireApprovals(cases, {
        actor: ENGINE,
        correlationId: 'cab-expiry',
      });
    },
  });
  await scheduler.scheduleTask({
    id: 'cab-clocks',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 50 },
    timeout: { minutes: 1 },
    fn: async () => {
      await tickClocks({ ...cases, notifications: services.notifications });
      await withdrawUntouched(cases);
    },
  });
  await scheduler.scheduleTask({
    id: 'cab-exceptions',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 30 },
    timeout: { minutes: 1 },
    fn: async () => {
      await closeEnded(cases);
      await remindOfEnds({ ...cases, notifications: services.notifications });
    },
  });
  await listenToDelivery({ ...services, cases });
  const evidence = await startEvidence(cases, services);
  const reading = new Reading(db, checkpointer);
  const viewerOf = viewersOf(services, [cabEntityResourceRef]);
  registerActions(services.actionsRegistry, { cases, reading, viewerOf });
  serveFamily(
    services,
    cabRoutes,
    cabHandlers({ cases, evidence, gate: new Gate(cases), reading }),
    { viewerOf },
  );
}

/** Without it SQLite replaces rows without asking the triggers that keep them. */
async function prepareConnections(db: Knex): Promise<void> {
  if (!isPostgres(db)) await db.raw('pragma recursive_triggers = on');
}
