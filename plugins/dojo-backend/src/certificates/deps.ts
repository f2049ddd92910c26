import type { IssueDeps } from './issue';
import type { RevokeDeps } from './revoke';

/** What certificates are made, shown and taken back with. */
export type CertificateDeps = IssueDeps & RevokeDeps;
