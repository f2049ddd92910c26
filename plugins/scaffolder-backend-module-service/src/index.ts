/**
 * Service templates, the actions they use, and their lint.
 *
 * @packageDocumentation
 */
export {
  catalogModuleServiceTemplates,
  provisioningModuleServiceTemplates,
  scaffolderModuleService,
  serviceFeatures as default,
} from './module';
