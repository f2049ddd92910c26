/**
 * What the provisioning family says: specs, plans, requests and their states,
 * the HTTP contract, permissions, events and annotations. The calculations are
 * behind the other door, `./rules`.
 *
 * @packageDocumentation
 */
export * from './catalog';
export * from './contract';
export * from './events';
export * from './permissions';
