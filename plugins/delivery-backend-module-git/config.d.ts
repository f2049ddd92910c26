import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  delivery?: {
    sources?: {
      git?: {
        /** Repositories whose history is loaded. */
        repositories?: Array<{
          /** Absolute path of a repository on this machine. Give this or `url`. */
          path?: string;

          /**
           * Address: `https://` on a host of `backend.reading.allow`, which is mirrored, or
           * `file://`, which is read where it is, like `path`. Without
           * credentials: those belong to git's credential helper.
           */
          url?: string;

          /** The repository as facts know it: `host/owner/name`. */
          repository: string;

          /**
           * Regular expression for the tags that are releases, by their short name.
           * Default: `^v?\d+\.\d+(\.\d+)?$`.
           */
          tags?: string;

          /** Environment releases are deployed to. Default: `production`. */
          environment?: string;

          /**
           * Also read which files each commit touched, for repositories that hold several
           * services. Slower. Default: false.
           */
          paths?: boolean;
        }>;

        /** How often to look for new history. Default: every hour. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
