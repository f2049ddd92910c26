/**
 * The calculations of the provisioning family: digests, states, effects, quota,
 * drift, merge, access. Pure: no clock, no chance, no I/O.
 *
 * @packageDocumentation
 */
export * from './conflict';
