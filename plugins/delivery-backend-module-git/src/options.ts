import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';

/** One repository to read. @public */
export interface GitRepository {
  /** Where it is: a directory of this machine, or an address to mirror. */
  location: { path: string } | { url: string };
  /** `host/owner/name`, as facts know it. */
  repository: string;
  /** Tags that are releases, by their short name. */
  tags: RegExp;
  /** Environment the releases are deployed to. */
  environment: string;
  /** Read which files each commit touched; slower, needed for monorepos. */
  paths: boolean;
}

/** What the git source reads, and how often. @public */
export interface GitSourceOptions {
  /** The repositories to read. */
  repositories: GitRepository[];
  /** Where mirrors of remote repositories are kept; made for this user alone. */
  workingDirectory: string;
  /** How often to look for new history. Default: every hour. */
  schedule?: SchedulerServiceTaskScheduleDefinition;
  /** This machine's clock, ms since the epoch. */
  now?: () => number;
}
