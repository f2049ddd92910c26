import type { ServiceRef } from '@backstage/backend-plugin-api';
import {
  dojoRoutes,
  type Dojo,
  type DojoRoutes,
  type Module,
  type Readable,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  pluginServiceRef,
  type PluginCall,
  type PluginClientOf,
} from '@fawkes/kit-backend/http';

/**
 * The dojo as other plugins ask it, each time with the credentials of whoever is
 * behind the question: progress is that person's and nobody else's. Every method
 * answers undefined where the plugin is not installed, throws an `AwayError`
 * where it does not answer at the moment, and its `ResponseError` for what it
 * refuses.
 * @public
 */
export interface DojoService {
  /** Belts and modules, and what comes next. */
  dojo(call: PluginCall): Promise<Dojo | undefined>;
  /** A module with its parts. */
  module(
    question: { module: string },
    call: PluginCall,
  ): Promise<Module | undefined>;
  /** What there is to read, for search. Only a plugin itself may ask. */
  texts(call: PluginCall): Promise<Readable[] | undefined>;
}

/** Names the questions other plugins have. @public */
export function dojoServiceOf(client: PluginClientOf<DojoRoutes>): DojoService {
  return {
    dojo: call => client.getDojo({}, call),
    module: (question, call) => client.getModule(question, call),
    texts: async call => (await client.listTexts({}, call))?.items,
  };
}

/** The dojo, for other plugins of the backend. @public */
export const dojoServiceRef: ServiceRef<DojoService, 'plugin', 'singleton'> =
  pluginServiceRef('dojo', dojoRoutes, dojoServiceOf);
