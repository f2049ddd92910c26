import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** The dojo: learning that the portal itself can judge. */
  dojo?: {
    /** Where curricula come from. */
    sources?: Array<{
      /** Name of the source; it never changes. */
      id: string;
      /**
       * file: a folder of this machine. url: a folder of a repository, read
       * with the credentials of `integrations`.
       */
      type: 'file' | 'url';
      /** The folder: a path from where the backend is started on, or a URL. */
      target: string;
      /** Entity ref of the group that maintains it. */
      owner: string;
    }>;
    /** Hosts that sources of type url may name, e.g. [github.com]. */
    allowedHosts?: string[];
    /** How often the sources are looked at. Default: 1 minute. */
    refresh?: HumanDuration;
  };
}
