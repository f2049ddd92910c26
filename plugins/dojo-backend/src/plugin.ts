import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  dojoPermissions,
  dojoRoutes,
  DOJO_REVISION_TOPIC,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  dojoChecksExtensionPoint,
  type DojoCheck,
} from '@fawkes/backstage-plugin-dojo-node';
import {
  databaseAnswers,
  familyServices,
  serveFamily,
  viewersOf,
} from '@fawkes/kit-backend/http';
import { openDatabase } from '@fawkes/kit-backend/sql';
import { registerGetNextStep } from './actions/getNextStep';
import { readDojoConfig } from './config';
import { fileSource } from './content/fileSource';
import { ingest, refuseTwice } from './content/ingest';
import { Library } from './content/library';
import { urlSource } from './content/urlSource';
import { Chance } from './learn/chance';
import { dojoHandlers } from './router';
import { MIGRATIONS } from './store/database';

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
        database: coreServices.database,
        events: eventsServiceRef,
        reader: coreServices.urlReader,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init({
        rootConfig,
        database,
        reader,
        scheduler,
        events,
        ...services
      }) {
        const config = readDojoConfig(rootConfig);
        const db = await openDatabase(database, MIGRATIONS);
        const now = () => Date.now();
        const deps = {
          db,
          library: new Library(db),
          chance: await Chance.open(db),
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
                logger: services.logger,
                now,
                publish: news =>
                  events.publish({
                    topic: DOJO_REVISION_TOPIC,
                    eventPayload: news,
                  }),
              });
            }
          },
        });
        const viewerOf = viewersOf(services);
        registerGetNextStep(services.actionsRegistry, { ...deps, viewerOf });
        serveFamily(services, dojoRoutes, dojoHandlers(deps), { viewerOf });
      },
    });
  },
});
