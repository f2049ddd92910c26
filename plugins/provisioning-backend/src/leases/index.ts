/** Leases with fencing tokens. Knows nothing of what they are taken for. */
export { HeldLease, monotonic } from './heldLease';
export {
  databaseNow,
  holdFast,
  LEASE_MS,
  Leases,
  LeaseLostError,
  type Lease,
} from './leases';
