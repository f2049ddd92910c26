/**
 * Work that goes on by itself, and telling others about it.
 *
 * @packageDocumentation
 */
export { Announcer, type AnnouncerOptions } from './announcer';
export * from './outbox';
export { Worker, type Step, type WorkerOptions } from './worker';
