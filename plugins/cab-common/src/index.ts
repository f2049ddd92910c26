/**
 * What the change approval family says: change requests and their states, risk,
 * votes, the gate, the record, the HTTP contract, permissions and events. The
 * calculations are behind the other door, `./rules`.
 *
 * @packageDocumentation
 */
export * from './catalog';
export * from './contract';
export * from './events';
export * from './permissions';
