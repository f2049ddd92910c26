import { NotAllowedError } from '@backstage/errors';
import express, { type Router } from 'express';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  deliveryIntakeManagePermission,
  deliveryIntakeReadPermission,
  qualityQuerySchema,
  rejectedQuerySchema,
  replayBodySchema,
} from '@fawkes/backstage-plugin-delivery-common';
import { removeSource } from '../intake/removeSource';
import { listRejected, readIntake } from '../read/intake';
import { readQuality } from '../read/quality';
import { listSources } from '../read/sources';
import { replayRejected } from '../store/inbox';
import { audited } from './audited';
import type { RouterDeps } from './deps';
import { parse } from './parse';

const sourceIdSchema = replayBodySchema.pick({ source: true }).required();

/** What is in, what is missing, and how to put it right. */
export function addIntakeRoutes(router: Router, deps: RouterDeps): void {
  const { db, config, httpAuth, access, scopes, backfills, now, nudge } = deps;
  const context = () => ({ db, config, now: now() });
  const authenticate = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });
  const mayRead = async (credentials: BackstageCredentials) => {
    try {
      await access.require(deliveryIntakeReadPermission, credentials);
      return true;
    } catch (error) {
      if (error instanceof NotAllowedError) return false;
      throw error;
    }
  };

  router.get('/intake', async (request, response) => {
    const credentials = await authenticate(request);
    await access.require(deliveryIntakeReadPermission, credentials);
    response.json(await readIntake(context()));
  });

  router.get('/quality', async (request, response) => {
    const credentials = await authenticate(request);
    const query = parse(qualityQuerySchema, request.query);
    const scope = await scopes.resolve(query.scope, credentials);
    response.json(
      await readQuality(scope, await mayRead(credentials), {
        ...context(),
        visible: scopes.visibleTo(credentials),
      }),
    );
  });

  router.get('/sources', async (request, response) => {
    const credentials = await authenticate(request);
    await access.require(deliveryIntakeReadPermission, credentials);
    response.json(
      await listSources(deps.sources, await backfills.list(), context()),
    );
  });

  router.get('/rejected', async (request, response) => {
    const credentials = await authenticate(request);
    await access.require(deliveryIntakeReadPermission, credentials);
    const query = parse(rejectedQuerySchema, request.query);
    response.json(await listRejected(query, context()));
  });

  const manage = async <T>(
    request: express.Request,
    actionType: string,
    work: () => Promise<T>,
  ): Promise<T> => {
    const credentials = await authenticate(request);
    return audited(
      deps,
      request,
      {
        eventId: 'intake-mutate',
        severityLevel: 'high',
        meta: { actionType, source: request.params.id ?? null },
      },
      async () => {
        await access.require(deliveryIntakeManagePermission, credentials);
        return work();
      },
    );
  };

  router.post(
    '/replay',
    express.json({ limit: '256kb' }),
    async (request, response) => {
      const replayed = await manage(request, 'replay', async () =>
        replayRejected(db, parse(replayBodySchema, request.body ?? {})),
      );
      nudge();
      response.status(202).json({ replayed });
    },
  );

  router.post('/sources/:id/backfill', async (request, response) => {
    await manage(request, 'backfill', () => backfills.start(request.params.id));
    response.status(202).json({ started: true });
  });

  router.delete('/sources/:id/facts', async (request, response) => {
    const removed = await manage(request, 'remove-source', async () => {
      const { source } = parse(sourceIdSchema, { source: request.params.id });
      return removeSource(db, source, now());
    });
    nudge();
    response.json({ removed });
  });
}
