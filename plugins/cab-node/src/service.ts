import type { ServiceRef } from '@backstage/backend-plugin-api';
import {
  cabRoutes,
  type CabRoutes,
  type Change,
  type CiChangeAnswer,
  type CiChangeBody,
  type ChangesQuery,
  type ChangesResponse,
  type GateAnswer,
  type GateBody,
} from '@fawkes/backstage-plugin-cab-common';
import {
  pluginServiceRef,
  type PluginCall,
  type PluginClientOf,
} from '@fawkes/kit-backend/http';

/**
 * The change approval plugin as other plugins ask it, each time with the
 * credentials of whoever is behind the question. Every method answers undefined
 * where the plugin is not installed, throws an `AwayError` where it does not answer
 * at the moment, and its `ResponseError` for what it refuses. Nobody votes by it:
 * a vote is a person's, and a service that holds their token is refused.
 * @public
 */
export interface CabService {
  /** The change requests of an entity or of all, newest first. */
  changes(
    question: Partial<ChangesQuery>,
    call: PluginCall,
  ): Promise<ChangesResponse | undefined>;
  /** One change request with everything about it. */
  change(
    question: { id: string },
    call: PluginCall,
  ): Promise<Change | undefined>;
  /**
   * Asks for a change on behalf of somebody of the owning group, or finds the one
   * that is unfinished; for the plugin's own credentials, where `cab.gate.callers`
   * names the plugin.
   */
  request(
    question: CiChangeBody,
    call: PluginCall,
  ): Promise<CiChangeAnswer | undefined>;
  /** May this run start? */
  gate(question: GateBody, call: PluginCall): Promise<GateAnswer | undefined>;
}

/** The client all methods of {@link CabService} are made of. */
export type CabPluginClient = PluginClientOf<CabRoutes>;

/** Names the questions other plugins have. */
export function cabServiceOf(client: CabPluginClient): CabService {
  return {
    changes: (question, call) => client.getChanges(question, call),
    change: (question, call) => client.getChange(question, call),
    request: (body, call) => client.requestByCi({ body }, call),
    gate: (body, call) => client.askGate({ body }, call),
  };
}

/**
 * The change approval plugin, for other plugins of the backend.
 * @public
 */
export const cabServiceRef: ServiceRef<CabService, 'plugin', 'singleton'> =
  pluginServiceRef('cab', cabRoutes, cabServiceOf);
