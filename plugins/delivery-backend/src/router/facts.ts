import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  deliveryDeploymentMarkPermission,
  labelSourceSchema,
  say,
  type DeploymentsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import { parseInput, saidError } from '@fawkes/kit-contract';
import { z } from 'zod';
import { removeLabel, setLabel } from '../intake/labelDeployment';
import { markDeployment } from '../intake/markDeployment';
import { namesOf } from '../permissions/actors';
import {
  resolveScope,
  visibleServices,
  visibleTo,
  type VisibleService,
} from '../permissions/scope';
import {
  findChange,
  isChangeShown,
  readChange,
  servicesOfChange,
} from '../read/changes';
import { servicesAround } from '../read/servicesAround';
import { deploymentsToCsv } from '../read/csv';
import { findDeployment, readDeployment } from '../read/deployment';
import { listDeployments, servicesNear } from '../read/deployments';
import { readEnvironment } from '../read/environment';
import { listIncidents } from '../read/incidents';
import type { Stored } from '../store/tables';
import type { RouterDeps } from './deps';
import type { Some } from './some';

const labelPathSchema = z.strictObject({ source: labelSourceSchema });

/** Whether a scope names services one by one, and nothing that is made of them. */
function namesComponents(refs: readonly string[]): boolean {
  return refs.length > 0 && refs.every(ref => ref.startsWith('component:'));
}

/** The service that asks, as its token names it. */
function serviceOf({ credentials }: Viewer): string {
  const { subject } = credentials.principal as { subject?: string };
  return subject ?? 'unknown';
}

/** Deployments, changes and incidents: the facts behind the numbers. */
export function factHandlers({
  db,
  config,
  hideName,
  now,
  nudge,
  announce,
}: RouterDeps): Some<
  | 'getDeployments'
  | 'getDeployment'
  | 'markDeployment'
  | 'setLabel'
  | 'removeLabel'
  | 'getEnvironment'
  | 'getChange'
  | 'getIncidents'
> {
  const contextOf = (viewer: Viewer) => ({
    db,
    config,
    now: now(),
    visible: visibleTo(viewer),
  });

  /** The deployment, if the viewer may see its service; else as if it was not. */
  const find = async (
    row: Stored<'deployments'> | undefined,
    key: string,
    viewer: Viewer,
  ): Promise<{ row: Stored<'deployments'>; service: VisibleService }> => {
    const refs = row ? [row.service_ref] : [];
    const [service] = await visibleServices(refs, viewer);
    if (!row || !service) {
      throw saidError(
        NotFoundError,
        say('deployment.not_found', { key: key.slice(0, 80) }),
      );
    }
    return { row, service };
  };

  /** A person is asked for by what is kept of every name the catalog knows. */
  const askedOf = async (query: DeploymentsQuery, viewer: Viewer) => {
    if (query.actor === undefined) return {};
    const names = await namesOf(query.actor, viewer, config.actorReaders);
    return { actors: names.flatMap(name => hideName(name) ?? []) };
  };

  return {
    getDeployments: {
      answer: async ({ query, viewer }) => {
        const context = contextOf(viewer);
        const asked = await askedOf(query, viewer);
        if (namesComponents(query.scope)) {
          // Everything the answer may name is looked up together.
          const near = await servicesNear(query.scope, query, context, asked);
          await viewer.entities([...query.scope, ...near]);
        }
        const scope = await resolveScope(query.scope, viewer);
        return listDeployments(scope, query, context, asked);
      },
      csv: deploymentsToCsv,
    },

    getDeployment: async ({ params: { key }, viewer }) => {
      const known = await findDeployment(db, key);
      // Everything the answer may name is looked up together.
      if (known) await viewer.entities(await servicesAround(db, known));
      const { row, service } = await find(known, key, viewer);
      const mayMark = await viewer.may(
        deliveryDeploymentMarkPermission,
        service,
      );
      return readDeployment(row, mayMark, contextOf(viewer));
    },

    markDeployment: async ({ params: { key }, body, viewer }) => {
      const known = await findDeployment(db, key);
      const { row, service } = await find(known, key, viewer);
      if (!(await viewer.may(deliveryDeploymentMarkPermission, service))) {
        throw saidError(
          NotAllowedError,
          say('deployment.no_mark', {
            service: service.title,
            permission: deliveryDeploymentMarkPermission.name,
          }),
        );
      }
      await markDeployment(
        db,
        { key: row.key, service: service.ref },
        body,
        viewer.person(),
        now(),
      );
      nudge();
    },

    setLabel: async ({ params, body, viewer }) => {
      const { source } = parseInput(labelPathSchema, { source: params.source });
      const known = await findDeployment(db, params.key);
      const { row, service } = await find(known, params.key, viewer);
      await setLabel(db, {
        ...body,
        key: row.key,
        source,
        by: serviceOf(viewer),
        at: now(),
      });
      nudge();
      announce([service.ref]);
    },

    removeLabel: async ({ params, viewer }) => {
      const { source } = parseInput(labelPathSchema, { source: params.source });
      const known = await findDeployment(db, params.key);
      const { row, service } = await find(known, params.key, viewer);
      await removeLabel(db, { key: row.key, source });
      nudge();
      announce([service.ref]);
    },

    getEnvironment: async ({ query, viewer }) => {
      await resolveScope([query.service], viewer);
      return readEnvironment(query, contextOf(viewer));
    },

    getChange: async ({ params, viewer }) => {
      const change = await findChange(db, params.key);
      const services = change
        ? await servicesOfChange(db, change)
        : { owners: [], reached: [] };
      const context = contextOf(viewer);
      const visible = await context.visible([
        ...services.owners,
        ...services.reached,
      ]);
      const answer =
        change && isChangeShown(services, visible)
          ? await readChange(change, visible, context)
          : undefined;
      if (!answer) {
        throw saidError(NotFoundError, say('change.not_found'));
      }
      return answer;
    },

    getIncidents: async ({ query, viewer }) => {
      const scope = await resolveScope(query.scope, viewer);
      return listIncidents(scope, query, contextOf(viewer));
    },
  };
}
