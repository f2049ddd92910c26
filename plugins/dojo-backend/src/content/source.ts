import type { Files } from '@fawkes/backstage-plugin-dojo-common/rules';

/** What a source holds at the moment; undefined where it is as it was. */
export interface SourceState {
  etag: string;
  files: Files;
}

/** Where a curriculum is read from. */
export interface ContentSource {
  id: string;
  /** Owner of what comes from it. */
  owner: string;
  /** Reads it, unless it still is what `etag` names. */
  read(etag: string | undefined): Promise<SourceState | undefined>;
}
