export interface Config {
  delivery?: {
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
