import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { techdocsGeneratorExtensionPoint } from '@backstage/plugin-techdocs-node';
import { buildAhead } from './buildAhead';
import { MarkdownGenerator } from './markdownGenerator';

/**
 * Builds TechDocs with {@link MarkdownGenerator}, unless `techdocs.generator.runIn` asks for MkDocs,
 * and before anybody opens them where `techdocs.buildAhead` says so.
 */
export const markdownTechdocsModule = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'markdown-generator',
  register(reg) {
    reg.registerInit({
      deps: {
        generators: techdocsGeneratorExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ generators, config, logger, scheduler, ...services }) {
        if (!config.has('techdocs.generator.runIn')) {
          generators.setTechdocsGenerator(
            new MarkdownGenerator({ logger, config }),
          );
        }
        if (config.getOptionalBoolean('techdocs.buildAhead')) {
          const asked = new Set<string>();
          await scheduler.scheduleTask({
            id: 'build-techdocs-ahead',
            // Pages are kept in a folder of this machine, so each machine builds its own.
            scope: 'local',
            initialDelay: { seconds: 10 },
            frequency: { minutes: 1 },
            timeout: { minutes: 10 },
            fn: signal =>
              buildAhead({ ...services, logger, fetch, signal, asked }),
          });
        }
      },
    });
  },
});
