/**
 * Doubles of the change approval plugin for the tests of plugins that ask it.
 *
 * @packageDocumentation
 */
export * from './fakeCab';
export type { CabService } from '../service';
