import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { ProvisioningService } from '@fawkes/backstage-plugin-provisioning-node';
import type { Follow } from './follow';

/** Milliseconds between two looks at a run. */
const EVERY_MS = 1_000;

/** What actions that attach to a run are made with. */
export interface RunActionDeps {
  provisioning: ProvisioningService;
  /** Milliseconds between two looks at a run; a second where left out. */
  every?: number;
}

/** What of a step's context following needs. */
export interface StepContext {
  logger: LoggerService;
  signal?: AbortSignal;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
  checkpoint<T extends boolean>(options: {
    key: string;
    fn: () => Promise<T> | T;
  }): Promise<T>;
}

/** How a step follows a request: by the rights of whoever started the task. */
export async function followOf(
  { provisioning, every = EVERY_MS }: RunActionDeps,
  ctx: StepContext,
  id: string,
): Promise<Follow> {
  return {
    provisioning,
    credentials: await ctx.getInitiatorCredentials(),
    id,
    signal: ctx.signal,
    log: line => void ctx.logger.info(line),
    every,
    // A checkpoint outlives a retry of the task, and nothing else of a step does.
    async isNews(runId) {
      let news = false;
      await ctx.checkpoint({
        key: `service:failed/${runId}`,
        fn: () => {
          news = true;
          return true;
        },
      });
      return news;
    },
  };
}
