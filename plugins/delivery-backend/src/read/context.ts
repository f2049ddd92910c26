import type { Knex } from 'knex';
import type { DeliveryConfig } from '../config';

/** What reading facts needs. */
export interface ReadContext {
  db: Knex;
  config: DeliveryConfig;
  now: number;
}

/** The same, for answers that may name services besides those asked for. */
export interface PersonalContext extends ReadContext {
  /** Those of the services that the caller may see. */
  visible(refs: readonly string[]): Promise<ReadonlySet<string>>;
}

/** An instant in ms as the API writes it. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same for instants that may be unknown. */
export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
