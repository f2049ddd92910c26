/** What the effects of claims depend on besides the claims. */
export interface ApplyContext {
  now: number;
  /** The local day of an instant, in the zone of the roll-ups. */
  dayOf(ms: number): string;
  /** It is history that is loaded: no news to other plugins. */
  history?: boolean;
  /** Rows of facts are written again, though what is told is known already. */
  anew?: boolean;
}
