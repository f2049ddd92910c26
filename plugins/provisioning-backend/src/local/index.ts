// What runs on this computer for other people: repositories, a sandbox, and the
// services in it. No database: state goes in and out through small interfaces.
export { systemClock, type Clock } from './clock';
export * from './deployer';
export * from './gitRemote';
export * from './logs';
export { LOOPBACK } from './ports';
export { bootId } from './processes/bootId';
export type { ProcessMark } from './processes/processTable';
export { sweep } from './processes/sweep';
export * from './sandbox';
