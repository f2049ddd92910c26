/**
 * Doubles of the dojo for the tests of plugins that ask it.
 *
 * @packageDocumentation
 */
export * from './fakeDojo';
export type { DojoService } from '../service';
