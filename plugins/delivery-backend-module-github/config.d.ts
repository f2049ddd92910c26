export interface Config {
  delivery?: {
    /**
     * Secret that keys the hashes by which authors are told from reviewers, at least 16
     * characters. Without it no authors are kept. Changing it makes one person two.
     * @visibility secret
     */
    identityKey?: string;

    sources?: {
      github?: {
        /**
         * Regular expression (any case) for the labels that make an issue an incident.
         * Default: `^incident$`.
         */
        incidentLabel?: string;

        /**
         * Regular expression (any case) for the refs whose deployments are hotfixes.
         * Default: `^(refs/heads/)?hotfix[/-]`.
         */
        hotfixRef?: string;

        /**
         * Regular expression (any case) for the deployment tasks that are rollbacks.
         * Default: `^rollback`.
         */
        rollbackTask?: string;
      };
    };
  };
}
