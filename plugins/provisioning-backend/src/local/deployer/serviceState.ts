/** Why a service is stopped. */
export type StopReason =
  | 'asked'
  | 'idle'
  | 'portal_restarted'
  | 'other_machine'
  | 'exited'
  | 'limit'
  | 'never_healthy'
  | 'switched_off';

/** A service as its row says; what a page shows. */
export interface ServiceRow {
  state: 'starting' | 'healthy' | 'unhealthy' | 'stopped';
  /** Why it is stopped; null in every other state. */
  reason: StopReason | null;
  /** Digest of the release that serves; null where none does. */
  release: string | null;
  /** Port of its address, to be asked for again. */
  port: number | null;
}

/** Where services are written down. */
export interface ServiceRows {
  load(service: string): Promise<ServiceRow | undefined>;
  save(service: string, row: ServiceRow): Promise<void>;
  /** Ids of all services that are written down. */
  ids(): Promise<string[]>;
}

/** What whoever calls the address of a stopped service is told. */
export function sorryFor(reason: StopReason): string {
  const why: Record<StopReason, string> = {
    asked: 'It was stopped.',
    idle: 'It was stopped because nobody called it for hours.',
    portal_restarted: 'The portal was restarted.',
    other_machine: 'It runs on another machine.',
    exited: 'It ended by itself; its log says more.',
    limit: 'It was ended because it took more than it may.',
    never_healthy: 'Its first deployment never became healthy.',
    switched_off: 'Running services on this computer was switched off.',
  };
  return `The service does not run. ${why[reason]} Its request page starts it.`;
}
