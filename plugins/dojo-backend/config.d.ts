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
    /**
     * Who signs certificates. Outside of production one is made for this
     * installation, which nobody should rely on.
     */
    issuer?: {
      /**
       * Address of this plugin as others reach it, e.g.
       * https://portal.example.org/api/dojo. Default outside of production:
       * `backend.baseUrl` with /api/dojo.
       */
      url: string;
      /** What certificates call it. */
      name: string;
      /** Addresses that certificates were issued under before. */
      aliases?: string[];
      /** The first one signs. */
      keys: Array<{
        /**
         * Base64 of the 32 bytes of an Ed25519 key.
         * @visibility secret
         */
        seed?: string;
        /** Of a key that signs no more: its public half, as a multikey. */
        multikey?: string;
        /** Proofs from then on are not of it: an instant, ISO 8601. */
        expires?: string;
        /** Whoever has it too: none of its proofs holds any more. */
        revoked?: boolean;
      }>;
    };
    /** Others whose certificates can be verified here. */
    pinnedIssuers?: Array<{
      /** As their certificates name them. */
      id: string;
      /** What the verify page calls them. */
      name: string;
      /** Their public keys, as multikeys. */
      multikeys: string[];
    }>;
    /** People who may take awards back, beside the owners of the curriculum. */
    revokers?: string[];
    /**
     * How long what is kept of people is kept. How things ended, digests and awards
     * stay until the person is erased.
     */
    retention?: {
      /** What steps of labs were judged by. Default: 730 days from the end of the run. */
      evidence?: HumanDuration;
      /** What was asked and answered. Default: 730 days from the deadline of the attempt. */
      answers?: HumanDuration;
      /** Who looked. Default: 730 days. */
      looks?: HumanDuration;
    };
    /** What labs may ask over HTTP. */
    probe?: {
      /**
       * Hosts that the check http-probe may ask, each `host` or `host:port`.
       * Whatever leads to an address that is not public is refused all the
       * same. Default: none.
       */
      allow?: string[];
    };
    /** How one practises. */
    practice?: {
      /**
       * Deployments that sandbox sources tell count in labs. Default: false.
       */
      sandboxCounts?: boolean;
    };
  };
}
