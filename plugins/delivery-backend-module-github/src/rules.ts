/** What the mappers are told by configuration. */
export interface Rules {
  incidentLabel: RegExp;
  hotfixRef: RegExp;
  rollbackTask: RegExp;
  /** Keyed hash of a login; undefined where no key is configured. */
  hashOf(host: string, login: string): string | undefined;
}
