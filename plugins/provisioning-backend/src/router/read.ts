import type { ProvisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import type { Handlers } from '@fawkes/kit-backend/http';
import { readCommits } from '../read/commits';
import { listEntities } from '../read/entities';
import { readOperator } from '../read/operator';
import {
  readAttic,
  readBundle,
  readDestruction,
  readDrift,
  readEffects,
  readLogs,
  readRevisions,
} from '../read/parts';
import { readRequest } from '../read/request';
import { listRequests } from '../read/summaries';
import { askedFor, askerOf, type RouterDeps } from './deps';

/** What is read of requests. */
export function readHandlers(
  deps: RouterDeps,
): Pick<
  Handlers<ProvisioningRoutes>,
  | 'getRequests'
  | 'getRequest'
  | 'getEffects'
  | 'getRevisions'
  | 'getDrift'
  | 'getCommits'
  | 'getLogs'
  | 'getBundle'
  | 'getAttic'
  | 'getDestruction'
  | 'getEntities'
  | 'getOperator'
> {
  const { core } = deps;
  return {
    getRequests: async ({ query, viewer }) =>
      listRequests(core, await askerOf(deps, viewer), query),
    getRequest: async call => {
      const { asker, row } = await askedFor(deps, call);
      return readRequest(core, asker, row);
    },
    getEffects: async call =>
      readEffects(core, (await askedFor(deps, call)).row, call.query),
    getRevisions: async call =>
      readRevisions(core, (await askedFor(deps, call)).row),
    getDrift: async call => readDrift(core, (await askedFor(deps, call)).row),
    getCommits: async call =>
      readCommits(core, (await askedFor(deps, call)).row, call.query),
    getLogs: async call =>
      readLogs(core, (await askedFor(deps, call)).row, call.query),
    getBundle: async call =>
      readBundle(core, (await askedFor(deps, call)).row, call.query.revision),
    getAttic: async call =>
      readAttic(core, (await askedFor(deps, call, 'attic')).row),
    getDestruction: async call =>
      readDestruction(core, (await askedFor(deps, call)).row),
    getEntities: async ({ query }) => listEntities(core, query),
    getOperator: async () => readOperator(core),
  };
}
