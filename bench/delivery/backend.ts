/**
 * A delivery backend in a process of its own, so that its time and memory are
 * its own too: the plugin's routes, worker and backfills on a real database,
 * behind express as Backstage's own server is. What stands around the plugin
 * (catalog, permissions, audit) answers at once.
 */
import { ConfigReader } from '@backstage/config';
import { deliveryRoutes } from '@fawkes/backstage-plugin-delivery-common';
import { Readiness, serveRoutes, viewersOf } from '@fawkes/kit-backend/http';
import type { Worker } from '@fawkes/kit-backend/work';
import express from 'express';
import { readDeliveryConfig } from '../../plugins/delivery-backend/src/config';
import { deriveContextOf } from '../../plugins/delivery-backend/src/derive/deriveContext';
import { eventMapper } from '../../plugins/delivery-backend/src/intake/mappers';
import { Backfills } from '../../plugins/delivery-backend/src/jobs/backfill';
import { rebuildIfChanged } from '../../plugins/delivery-backend/src/jobs/rebuildIfChanged';
import { deliveryWorker } from '../../plugins/delivery-backend/src/jobs/worker';
import { deliveryHandlers } from '../../plugins/delivery-backend/src/router';
import { openKnex } from '../lib/databases';
import { serveBackend, type ServedBackend } from '../lib/serve';
import * as surroundings from '../lib/surroundings';
import { catalogOf } from './catalog';
import { gitHistory } from './gitHistory';
import type { BackendSettings, Order } from './protocol';
import { NOW, planWorld } from './world';

const { logger } = surroundings;

async function build(settings: BackendSettings): Promise<ServedBackend<Order>> {
  const db = openKnex(settings.database);
  const config = readDeliveryConfig(new ConfigReader({}));
  const started = Date.now();
  const now = () => NOW + (Date.now() - started);
  await rebuildIfChanged(db, config, NOW);

  const context = deriveContextOf(config);
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
      publish: async () => {},
      context,
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
    hideName: () => undefined,
    apply: () => ({ now: now(), dayOf: context.dayOf }),
    onLoaded: nudge,
  });
  const world = planWorld(settings.scale, settings.seed);
  const app = express();
  app.use(
    serveRoutes(
      deliveryRoutes,
      deliveryHandlers({
        db,
        config,
        sources,
        mappers,
        backfills,
        hideName: () => undefined,
        now,
        nudge,
        announce: () => {},
      }),
      {
        ...surroundings,
        readiness: new Readiness(),
        viewerOf: viewersOf({ ...surroundings, catalog: catalogOf(world) }),
      },
    ),
  );

  const obey = async (order: Order) => {
    if (order.order === 'history') {
      history.plan(order.commits, order.repository);
      const { done } = await backfills.start(history.source.id);
      await done;
    } else if (order.run) {
      worker ??= startWorker();
    } else {
      await worker?.stop();
      worker = undefined;
    }
  };
  return { app, obey };
}

// What goes wrong before it serves ends the process, and whoever started it is told so.
serveBackend(build);
