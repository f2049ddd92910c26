/**
 * Actions of the scaffolder for GPU hosts.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGpuHost as default } from './module';
