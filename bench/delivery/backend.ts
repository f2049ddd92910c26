/**
 * A delivery backend in a process of its own, so that its time and memory are
 * its own too: the plugin's routes, worker and backfills on a real database,
 * behind express as Backstage's own server is. What stands around the plugin
 * (catalog, permissions, audit) answers at once.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { dayKeyOf } from '@fawkes/backstage-plugin-delivery-common';
import type { Worker } from '@fawkes/kit-backend/work';
import express from 'express';
import { readDeliveryConfig } from '../../plugins/delivery-backend/src/config';
import { eventMapper } from '../../plugins/delivery-backend/src/intake/mappers';
import { Backfills } from '../../plugins/delivery-backend/src/jobs/backfill';
import { rebuildIfChanged } from '../../plugins/delivery-backend/src/jobs/rebuildIfChanged';
import { deliveryWorker } from '../../plugins/delivery-backend/src/jobs/worker';
import { ScopeResolver } from '../../plugins/delivery-backend/src/measure/scope';
import { ServiceAccess } from '../../plugins/delivery-backend/src/permissions/access';
import { createRouter } from '../../plugins/delivery-backend/src/router';
import { catalogOf } from './catalog';
import { openKnex } from './databases';
import { gitHistory } from './gitHistory';
import {
  SETTINGS_VARIABLE,
  type BackendSettings,
  type Order,
  type Report,
} from './protocol';
import * as surroundings from './surroundings';
import { NOW, planWorld } from './world';

const { logger } = surroundings;

async function serve(settings: BackendSettings): Promise<void> {
  const db = openKnex(settings.database);
  const config = readDeliveryConfig(new ConfigReader({}));
  const started = Date.now();
  const now = () => NOW + (Date.now() - started);
  await rebuildIfChanged(db, config, NOW);

  const dayOf = (ms: number) => dayKeyOf(ms, config.timezone);
  const mappers = new Map([['event', eventMapper]]);
  const history = gitHistory(now);
  const sources = new Map([[history.source.id, history.source]]);
  const startWorker = () => {
    const worker = deliveryWorker({
      db,
      logger,
      mappers,
      now,
      onDerived: () => {},
      context: {
        ...config,
        dayOf,
        isSandbox: source => config.sandboxSources.has(source),
      },
    });
    worker.start();
    return worker;
  };
  let worker: Worker | undefined;
  const nudge = () => worker?.nudge();
  const backfills = new Backfills({
    db,
    logger,
    sources,
    apply: () => ({ now: now(), dayOf }),
    onLoaded: nudge,
  });
  const access = new ServiceAccess(
    surroundings.permissions,
    surroundings.permissionsRegistry,
  );
  const world = planWorld(settings.scale, settings.seed);
  const app = express();
  app.use(
    createRouter({
      ...surroundings,
      db,
      config,
      access,
      scopes: new ScopeResolver(catalogOf(world), access),
      sources,
      mappers,
      backfills,
      now,
      nudge,
    }),
  );
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });

  process.on('message', (order: Order) => {
    obey(order).catch(error =>
      tell({ report: 'failed', reason: String(error) }),
    );
  });
  const obey = async (order: Order) => {
    const from = performance.now();
    if (order.order === 'worker') {
      if (order.run) worker ??= startWorker();
      else {
        await worker?.stop();
        worker = undefined;
      }
    } else if (order.order === 'history') {
      history.plan(order.commits, order.repository);
      const { done } = await backfills.start(history.source.id);
      await done;
    } else {
      globalThis.gc?.();
    }
    tell({ report: 'done', seconds: (performance.now() - from) / 1000 });
  };
  process.on('disconnect', () => process.exit(0));
  setInterval(
    () => tell({ report: 'memory', rss: process.memoryUsage.rss() }),
    100,
  );
  const { port } = server.address() as AddressInfo;
  tell({ report: 'ready', port });
}

function tell(report: Report): void {
  process.send?.(report);
}

const settings = process.env[SETTINGS_VARIABLE];
if (!settings) throw new Error(`${SETTINGS_VARIABLE} is not set`);
serve(JSON.parse(settings)).catch(error => {
  tell({ report: 'failed', reason: String(error) });
  throw error;
});
