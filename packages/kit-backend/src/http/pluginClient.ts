import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  createClient,
  type AnswerOf,
  type FetchLike,
  type RequestOf,
  type RequestOptions,
  type Route,
  type Routes,
} from '@fawkes/kit-contract';
import { AwayError, isAway } from './errors';

const CORRELATION = 'X-Correlation-ID';
/** How long another plugin may take, ms. */
const PATIENCE_MS = 30_000;

/** On whose behalf another plugin is asked. @public */
export interface PluginCall {
  /** The caller's own: what they may see is what is answered. */
  credentials: BackstageCredentials;
  /** Ends the request when the caller has moved on. */
  signal?: AbortSignal;
  /** Ties the log lines of both plugins together. */
  correlationId?: string;
}

/**
 * What another plugin says: its answer, `true` where it has none to give, and
 * undefined where it is not installed.
 * @public
 */
export type PluginAnswer<R extends Route> =
  | (R['answer'] extends object ? AnswerOf<R> : true)
  | undefined;

/** Another plugin's API with one method a route. @public */
export type PluginClientOf<R extends Routes> = {
  [K in keyof R]: (
    question: RequestOf<R[K]>,
    call: PluginCall,
  ) => Promise<PluginAnswer<R[K]>>;
};

/** What asking another plugin needs. @public */
export interface PluginClientDeps {
  /** Gives the token by which the other plugin knows on whose behalf it is asked. */
  auth: Pick<AuthService, 'getPluginRequestToken'>;
  /** Knows where the other plugin is served. */
  discovery: DiscoveryService;
  /** Node's own when left out. */
  fetch?: FetchLike;
}

/** Nobody is there to ask. */
class Absent extends Error {}

/**
 * Makes the client by which plugins ask another one, of its routes. That it is not
 * installed is an answer (undefined) and not an error. That it is away is an
 * {@link AwayError}, and what it refuses is its `ResponseError`.
 * @public
 */
export function pluginClient<R extends Routes>(
  routes: R,
  pluginId: string,
  { auth, discovery, fetch = globalThis.fetch }: PluginClientDeps,
): PluginClientOf<R> {
  const client = createClient(routes, {
    baseUrl: () => addressOf(pluginId, discovery),
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      // Whatever a plugin of this suite answers carries the id; that nobody
      // serves the path does not.
      if (response.status === 404 && !response.headers.has(CORRELATION)) {
        throw new Absent();
      }
      return response;
    },
  }) as unknown as Record<string, Ask>;
  const asked = Object.entries(routes).map(([name, route]) => [
    name,
    async (question: object, call: PluginCall) => {
      try {
        const options = await optionsOf(call, pluginId, auth);
        const answer = await client[name](question, options);
        return route.answer ? answer : true;
      } catch (error) {
        if (error instanceof Absent) return undefined;
        throw isSilent(error, call) ? awayOf(pluginId, error) : error;
      }
    },
  ]);
  return Object.fromEntries(asked);
}

type Ask = (question: object, options: RequestOptions) => Promise<unknown>;

async function addressOf(
  pluginId: string,
  discovery: DiscoveryService,
): Promise<string> {
  try {
    return await discovery.getBaseUrl(pluginId);
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') {
      throw new Absent();
    }
    throw error;
  }
}

async function optionsOf(
  { credentials, signal, correlationId }: PluginCall,
  targetPluginId: string,
  auth: PluginClientDeps['auth'],
): Promise<RequestOptions> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: credentials,
    targetPluginId,
  });
  const patience = AbortSignal.timeout(PATIENCE_MS);
  return {
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(correlationId && { [CORRELATION]: correlationId }),
    },
  };
}

/** Whether there was no answer, and not because the caller did not wait for one. */
function isSilent(error: unknown, { signal }: PluginCall): boolean {
  if (signal?.aborted) return false;
  const { name } = error as { name?: unknown };
  return isAway(error) || name === 'TimeoutError';
}

function awayOf(pluginId: string, cause: unknown): AwayError {
  const error = new AwayError(
    `The plugin '${pluginId}' does not answer at the moment; ask again in a few seconds`,
  );
  error.cause = cause;
  return error;
}
