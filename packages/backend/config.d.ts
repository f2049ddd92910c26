export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in as one of the sample people, for development only. The backend refuses to start
       * with this key unless NODE_ENV and `auth.environment` both say development and the host of
       * `backend.listen` is 127.0.0.1, ::1 or localhost.
       */
      'fawkes-dev'?: {};
    };
  };

  permission?: {
    /**
     * Groups (full entity references) whose members may do everything in this portal, e.g.
     * `group:default/platform`. Everybody else gets the rules of `src/permissions/portalPolicy.ts`.
     * The backend refuses to start without one.
     */
    platformTeams?: string[];
  };

  techdocs?: {
    /**
     * Whether documentation is built before somebody opens it, so that the search knows it all.
     * For small catalogs: after a start it reads every documented repository. Default: false.
     */
    buildAhead?: boolean;
  };
}
