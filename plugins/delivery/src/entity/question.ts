/** About what and over which time a list is asked. */
export interface FactQuestion {
  /** Entity refs. */
  scope: string[];
  /** Dates; `[from, to)` in the zone. */
  from: string;
  to: string;
  /** IANA zone. */
  tz: string;
}
