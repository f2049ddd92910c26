import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { techdocsGeneratorExtensionPoint } from '@backstage/plugin-techdocs-node';
import { MarkdownGenerator } from './markdownGenerator';

/**
 * Builds TechDocs with {@link MarkdownGenerator}, unless `techdocs.generator.runIn` asks for MkDocs.
 */
export const markdownTechdocsModule = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'markdown-generator',
  register(reg) {
    reg.registerInit({
      deps: {
        generators: techdocsGeneratorExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ generators, config, logger }) {
        if (!config.has('techdocs.generator.runIn')) {
          generators.setTechdocsGenerator(
            new MarkdownGenerator({ logger, config }),
          );
        }
      },
    });
  },
});
