/**
 * The calculations of change approval: risk, workflow, votes, people, calendar,
 * record. Pure: no clock, no chance, no I/O.
 *
 * @packageDocumentation
 */
export * from './canonical';
export * from './risk';
export * from './people';
export * from './size';
export * from './votes';
export * from './workflow';
export * from './calendar';
export * from './clocks';
export * from './deployments';
export * from './record';
export * from './evidence';
export * from './exceptions';
