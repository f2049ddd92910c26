import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  DELIVERY_DEPLOYMENT_TOPIC,
  deploymentNewsSchema,
} from '@fawkes/backstage-plugin-delivery-common';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { CaseDeps } from '../cases/deps';
import { databaseNow } from '../store/database';
import { cursors, deployments } from '../store/tables';
import { judgeWaiting, observeDeployment, observeOneOf } from './observe';
import { recordBegan, toldOf } from './seen';

/** What is needed to hear of deployments and to speak about them. */
export interface ListenDeps {
  cases: CaseDeps;
  auth: AuthService;
  delivery: Pick<DeliveryService, 'deployment' | 'deployments' | 'setLabel'>;
  events: Pick<EventsService, 'subscribe'>;
  logger: LoggerService;
  scheduler: SchedulerService;
}

/** Who says it in delivery. */
const SOURCE = 'cab';
const CURSOR = 'delivery.deployments';
/** Deployments of one page of the sweep, and pages of one turn. */
const PAGE = 100;
const PAGES = 50;

/** Hears of deployments, and looks now and then for news that were lost. */
export async function listenToDelivery(deps: ListenDeps): Promise<void> {
  const { events, scheduler, logger } = deps;
  await events.subscribe({
    id: 'cab',
    topics: [DELIVERY_DEPLOYMENT_TOPIC],
    onEvent: async ({ eventPayload }) => {
      const news = deploymentNewsSchema.safeParse(eventPayload);
      if (!news.success) {
        logger.warn('News of a deployment could not be read', {
          error: news.error.message.slice(0, 500),
        });
        return;
      }
      if ('deleted' in news.data) return;
      const { key, startedAt } = news.data;
      if (await wasBefore(deps.cases, startedAt)) return;
      await hear(deps, key);
      await label(deps);
    },
  });
  await scheduler.scheduleTask({
    id: 'cab-deployments',
    frequency: { minutes: 5 },
    initialDelay: { seconds: 30 },
    timeout: { minutes: 4 },
    fn: () => sweep(deps),
  });
  await scheduler.scheduleTask({
    id: 'cab-unauthorized',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 40 },
    timeout: { minutes: 1 },
    fn: async () => {
      await judgeWaiting(deps.cases);
      await label(deps);
    },
  });
}

/** Whether it began before this record: then nobody is asked anything about it. */
async function wasBefore(
  { db }: Pick<CaseDeps, 'db'>,
  startedAt: string | null,
): Promise<boolean> {
  const began = await recordBegan(db);
  if (began === undefined) return true;
  return startedAt !== null && Date.parse(startedAt) < began;
}

/** Asks delivery what a deployment is now; news may be older. */
export async function hear(
  { cases, auth, delivery }: Pick<ListenDeps, 'cases' | 'auth' | 'delivery'>,
  key: string,
): Promise<void> {
  const credentials = await auth.getOwnServiceCredentials();
  const told = await delivery.deployment({ key }, { credentials });
  if (told) await observeDeployment(cases, toldOf(told));
}

/**
 * Reads what became another since the last time. The first time there is nothing to
 * catch up with: what was before this record is nobody's fault.
 */
export async function sweep({
  cases,
  auth,
  delivery,
}: Pick<ListenDeps, 'cases' | 'auth' | 'delivery'>): Promise<void> {
  const { db } = cases;
  const credentials = await auth.getOwnServiceCredentials();
  const [kept] = await select(db(cursors.name).where('name', CURSOR), cursors);
  let cursor = kept?.value;
  for (let turn = 0; turn < PAGES; turn++) {
    const page = await delivery.deployments(
      {
        production: false,
        limit: cursor === undefined ? 1 : PAGE,
        ...(cursor !== undefined && { changedAfter: cursor }),
      },
      { credentials },
    );
    if (!page) return;
    if (cursor !== undefined) {
      for (const { repositories, artifact, ...deployment } of page.items) {
        if (await wasBefore(cases, deployment.startedAt)) continue;
        await observeOneOf(
          cases,
          toldOf({ deployment, repositories, artifact }),
        );
      }
    }
    const isDone = cursor === undefined || page.items.length < PAGE;
    cursor = page.changedCursor;
    await insertRows(db, cursors, [{ name: CURSOR, value: cursor }], {
      update: ['value'],
    });
    if (isDone) return;
  }
}

/** Delivery has no such deployment any more, or no room for another word about it. */
function isForGood(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: unknown };
  return statusCode === 404 || statusCode === 409;
}

/**
 * Says in delivery what a deployment was; what it did not take is said again later,
 * unless it never will: that would stand in the way of the others.
 */
export async function label({
  cases: { db, config },
  auth,
  delivery,
  logger,
}: Pick<ListenDeps, 'cases' | 'auth' | 'delivery' | 'logger'>): Promise<void> {
  const rows = await select(
    db(deployments.name)
      .whereNotNull('label')
      .whereNull('labelled_at')
      .orderBy('seen_at')
      .limit(PAGE),
    deployments,
  );
  if (rows.length === 0) return;
  const credentials = await auth.getOwnServiceCredentials();
  for (const { key, label: text, change_id } of rows) {
    const path = change_id === null ? '/changes' : `/changes/${change_id}`;
    try {
      await delivery.setLabel(
        {
          key,
          source: SOURCE,
          text: text!,
          url: `${config.portalUrl}${path}`,
        },
        { credentials },
      );
    } catch (error) {
      logger.warn('Delivery does not show what a deployment was', {
        key,
        error: String(error),
      });
      if (!isForGood(error)) continue;
    }
    await db(deployments.name)
      .where({ key, label: text })
      .update({ labelled_at: await databaseNow(db) });
  }
}
