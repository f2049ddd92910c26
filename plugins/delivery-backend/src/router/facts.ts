import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import express, { type Router } from 'express';
import {
  deliveryDeploymentMarkPermission,
  deploymentsQuerySchema,
  incidentsQuerySchema,
  markBodySchema,
} from '@fawkes/backstage-plugin-delivery-common';
import { markDeployment } from '../intake/markDeployment';
import type { VisibleService } from '../measure/scope';
import { readChange, servicesOfChange } from '../read/changes';
import { deploymentsToCsv } from '../read/csv';
import { findDeployment, readDeployment } from '../read/deployment';
import { listDeployments } from '../read/deployments';
import { listIncidents } from '../read/incidents';
import { parseChangeKey } from '../store/keys';
import type { Stored } from '../store/tables';
import { audited } from './audited';
import type { RouterDeps } from './deps';
import { parse } from './parse';
import { sendAs } from './sendAs';

/** Deployments, changes and incidents: the facts behind the numbers. */
export function addFactRoutes(router: Router, deps: RouterDeps): void {
  const { db, config, httpAuth, userInfo, access, scopes, now, nudge } = deps;
  const context = () => ({ db, config, now: now() });
  const authenticate = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  const visibleTo =
    (credentials: BackstageCredentials) =>
    async (refs: readonly string[]): Promise<ReadonlySet<string>> => {
      const services = await scopes.visible(refs, credentials);
      return new Set(services.map(service => service.ref));
    };

  /** The deployment, if the caller may see its service; else as if it was not. */
  const find = async (
    key: string,
    credentials: BackstageCredentials,
  ): Promise<{ row: Stored<'deployments'>; service: VisibleService }> => {
    const row = await findDeployment(db, key);
    const [service] = row
      ? await scopes.visible([row.service_ref], credentials)
      : [];
    if (!row || !service) {
      throw new NotFoundError(
        `There is no deployment '${key.slice(0, 80)}', or you may not see it`,
      );
    }
    return { row, service };
  };

  router.get('/deployments', async (request, response) => {
    const credentials = await authenticate(request);
    const query = parse(deploymentsQuerySchema, request.query);
    const scope = await scopes.resolve(query.scope, credentials);
    const answer = await listDeployments(scope, query, context());
    sendAs(request, response, answer, deploymentsToCsv);
  });

  router.get('/deployments/:key', async (request, response) => {
    const credentials = await authenticate(request);
    const { row, service } = await find(request.params.key, credentials);
    const mayMark = await access.may(
      deliveryDeploymentMarkPermission,
      service,
      credentials,
    );
    response.json(
      await readDeployment(row, mayMark, {
        ...context(),
        visible: visibleTo(credentials),
      }),
    );
  });

  router.post(
    '/deployments/:key/marks',
    express.json({ limit: '16kb' }),
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const { row, service } = await find(request.params.key, credentials);
      await audited(
        deps,
        request,
        {
          eventId: 'deployment-mutate',
          meta: { actionType: 'mark', deployment: request.params.key },
        },
        async () => {
          const allowed = await access.may(
            deliveryDeploymentMarkPermission,
            service,
            credentials,
          );
          if (!allowed) {
            throw new NotAllowedError(
              `Marking deployments of ${service.title} needs the permission '${deliveryDeploymentMarkPermission.name}'; its owners usually have it`,
            );
          }
          const mark = parse(markBodySchema, request.body);
          const { userEntityRef } = await userInfo.getUserInfo(credentials);
          await markDeployment(
            db,
            { key: row.key, service: service.ref },
            mark,
            userEntityRef,
            now(),
          );
        },
      );
      nudge();
      response.status(204).end();
    },
  );

  router.get('/changes/:key', async (request, response) => {
    const credentials = await authenticate(request);
    const change = parseChangeKey(request.params.key);
    const services = change
      ? await scopes.visible(await servicesOfChange(db, change), credentials)
      : [];
    const answer =
      change && services.length > 0
        ? await readChange(
            change,
            new Set(services.map(service => service.ref)),
            context(),
          )
        : undefined;
    if (!answer) {
      throw new NotFoundError('There is no such change, or you may not see it');
    }
    response.json(answer);
  });

  router.get('/incidents', async (request, response) => {
    const credentials = await authenticate(request);
    const query = parse(incidentsQuerySchema, request.query);
    const scope = await scopes.resolve(query.scope, credentials);
    response.json(
      await listIncidents(scope, query, {
        ...context(),
        visible: visibleTo(credentials),
      }),
    );
  });
}
