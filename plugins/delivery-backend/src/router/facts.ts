import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  deliveryDeploymentMarkPermission,
  say,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import { saidError } from '@fawkes/kit-contract';
import { markDeployment } from '../intake/markDeployment';
import {
  resolveScope,
  visibleServices,
  visibleTo,
  type VisibleService,
} from '../permissions/scope';
import { isChangeShown, readChange, servicesOfChange } from '../read/changes';
import { servicesAround } from '../read/servicesAround';
import { deploymentsToCsv } from '../read/csv';
import { findDeployment, readDeployment } from '../read/deployment';
import { listDeployments } from '../read/deployments';
import { listIncidents } from '../read/incidents';
import { parseChangeKey } from '../store/keys';
import type { Stored } from '../store/tables';
import type { RouterDeps } from './deps';
import type { Some } from './some';

/** Deployments, changes and incidents: the facts behind the numbers. */
export function factHandlers({
  db,
  config,
  now,
  nudge,
}: RouterDeps): Some<
  | 'getDeployments'
  | 'getDeployment'
  | 'markDeployment'
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

  return {
    getDeployments: {
      answer: async ({ query, viewer }) => {
        const scope = await resolveScope(query.scope, viewer);
        return listDeployments(scope, query, contextOf(viewer));
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

    getChange: async ({ params, viewer }) => {
      const change = parseChangeKey(params.key);
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
