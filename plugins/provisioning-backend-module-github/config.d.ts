export interface Config {
  provisioning?: {
    github?: {
      /**
       * Organisations in which repositories may be made, e.g. `github.com/acme`. None: the host is not offered. Each
       * server needs an entry of `integrations.github`.
       */
      allowed?: Array<string | { server?: string; owner: string }>;

      /**
       * What the default branch of a new repository is held to, besides that it is neither rewritten nor deleted.
       * `false`: it is not protected at all.
       */
      protection?:
        | false
        | {
            /** How many people have to approve a pull request, 0 to 6. Default: 0. */
            approvals?: number;
            /** Names of checks that have to pass. Default: none. */
            checks?: string[];
          };
    };
  };
}
