/**
 * Actions of the scaffolder that ask for a change and wait for its approval.
 *
 * @packageDocumentation
 */
export { scaffolderModuleCab as default } from './module';
