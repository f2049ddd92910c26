/**
 * What other plugins build on: the dojo as a service, and the checks that labs
 * are made of.
 *
 * @packageDocumentation
 */
export * from './checks';
export * from './service';
