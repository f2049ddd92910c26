/**
 * Who asks, what they may do, and what they see of the catalog.
 *
 * @packageDocumentation
 */
export * from './entitiesBelow';
export * from './hidden';
export * from './owned';
export * from './viewer';
