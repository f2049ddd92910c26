import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  dojoPermissions,
  dojoRoutes,
  DOJO_REVISION_TOPIC,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  dojoChecksExtensionPoint,
  type DojoCheck,
} from '@fawkes/backstage-plugin-dojo-node';
import { deliveryServiceRef } from '@fawkes/backstage-plugin-delivery-node';
import { provisioningServiceRef } from '@fawkes/backstage-plugin-provisioning-node';
import {
  databaseAnswers,
  familyServices,
  serveFamily,
  viewersOf,
} from '@fawkes/kit-backend/http';
import { openDatabase } from '@fawkes/kit-backend/sql';
import { Outbox, Worker } from '@fawkes/kit-backend/work';
import { ownChecks } from './checks';
import { registerActions } from './actions';
import { AWARDED, CERTIFY } from './belts/award';
import { awardTeller } from './belts/tellAward';
import { Issuer } from './certificates/issuer';
import { certifyTeller } from './certificates/issue';
import { peopleOf } from './certificates/people';
import { publicRouter } from './certificates/publicRouter';
import { readDojoConfig } from './config';
import { fileSource } from './content/fileSource';
import { ingest, refuseTwice } from './content/ingest';
import { Library } from './content/library';
import { urlSource } from './content/urlSource';
import { Chance } from './learn/chance';
import { eraseDue } from './people/erase';
import { forget } from './people/forget';
import { dojoHandlers } from './router';
import { MIGRATIONS } from './store/database';
import { tables } from './store/tables';
import { countTeams } from './teams/count';

/**
 * The dojo backend: curricula as immutable revisions, attempts that are drawn
 * and graded here and nowhere else.
 * @public
 */
export const dojoPlugin = createBackendPlugin({
  pluginId: 'dojo',
  register(env) {
    const checks = new Map<string, DojoCheck>();
    env.registerExtensionPoint(dojoChecksExtensionPoint, {
      addCheck(check) {
        refuseTwice(checks, check.type);
        checks.set(check.type, check);
      },
    });
    env.registerInit({
      deps: {
        ...familyServices,
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        database: coreServices.database,
        delivery: deliveryServiceRef,
        provisioning: provisioningServiceRef,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        notifications: notificationService,
        reader: coreServices.urlReader,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init({
        rootConfig,
        auth,
        database,
        delivery,
        provisioning,
        reader,
        scheduler,
        events,
        lifecycle,
        notifications,
        ...services
      }) {
        const config = readDojoConfig(rootConfig);
        const db = await openDatabase(database, MIGRATIONS);
        const now = () => Date.now();
        const { catalog, logger } = services;
        for (const check of ownChecks({
          catalog,
          delivery,
          provisioning,
          config,
          now,
        })) {
          refuseTwice(checks, check.type);
          checks.set(check.type, check);
        }
        const people = peopleOf({
          auth,
          catalog,
          db,
          owners: new Map(config.sources.map(({ id, owner }) => [id, owner])),
          revokers: config.revokers,
        });
        const deps = {
          ...people,
          issuer: await Issuer.open(db, config.issuer),
          db,
          library: new Library(db),
          chance: await Chance.open(db),
          checks,
          logger,
          now,
        };
        services.permissionsRegistry.addPermissions(dojoPermissions);
        services.readiness.add('the database of dojo', databaseAnswers(db));
        const sources = config.sources.map(source =>
          source.type === 'file'
            ? fileSource(source)
            : urlSource(source, reader),
        );
        await scheduler.scheduleTask({
          id: 'dojo-sources',
          frequency: { milliseconds: config.refreshMs },
          initialDelay: { seconds: 1 },
          timeout: { minutes: 5 },
          fn: async () => {
            for (const source of sources) {
              await ingest(source, {
                db,
                logger,
                now,
                checks,
                publish: news =>
                  events.publish({
                    topic: DOJO_REVISION_TOPIC,
                    eventPayload: news,
                  }),
              });
            }
          },
        });
        const outbox = new Outbox({
          db,
          table: tables.outbox,
          logger,
          now,
          tellers: {
            [AWARDED]: awardTeller(db, notifications),
            [CERTIFY]: certifyTeller(deps),
          },
        });
        const worker = new Worker({
          name: 'dojo',
          logger,
          steps: [outbox.step],
        });
        lifecycle.addStartupHook(() => worker.start());
        lifecycle.addShutdownHook(() => worker.stop());
        await scheduler.scheduleTask({
          id: 'dojo-forget',
          frequency: { hours: 6 },
          initialDelay: { minutes: 10 },
          timeout: { minutes: 5 },
          fn: async () => {
            await outbox.forget();
            await forget({ db, now, retention: config.retention });
          },
        });
        await scheduler.scheduleTask({
          id: 'dojo-erase',
          frequency: { minutes: 15 },
          initialDelay: { minutes: 2 },
          timeout: { minutes: 10 },
          fn: async () => void (await eraseDue({ db, now })),
        });
        await scheduler.scheduleTask({
          id: 'dojo-teams',
          frequency: { hours: 24 },
          initialDelay: { minutes: 5 },
          timeout: { minutes: 30 },
          fn: () => countTeams({ ...deps, auth, catalog }),
        });
        const viewerOf = viewersOf(services);
        registerActions(services.actionsRegistry, { ...deps, viewerOf });
        services.httpRouter.addAuthPolicy({
          path: '/public',
          allow: 'unauthenticated',
        });
        services.httpRouter.use(publicRouter(deps));
        serveFamily(services, dojoRoutes, dojoHandlers(deps), { viewerOf });
      },
    });
  },
});
