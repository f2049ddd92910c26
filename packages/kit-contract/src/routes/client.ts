import { ResponseError } from '@backstage/errors';
import { paramsOf } from './route';
import type { RequestOf, ResponseOf, Route, Routes } from './route';

/** How one request is made. @public */
export interface RequestOptions {
  /** Ends the request when the caller has moved on. */
  signal?: AbortSignal;
  /** Further headers, e.g. `Authorization`, `X-Correlation-ID`. */
  headers?: Record<string, string>;
}

/** A request, which may be left out when nothing in it is required. @public */
export type OptionalRequest<T> = {} extends T ? [request?: T] : [request: T];

/** Asks one route. @public */
export type Ask<R extends Route> = (
  ...args: [...OptionalRequest<RequestOf<R>>, options?: RequestOptions]
) => Promise<ResponseOf<R>>;

/** Names of the routes that answer as CSV too. @public */
export type CsvNames<R extends Routes> = {
  [K in keyof R]: R[K]['csv'] extends true ? K : never;
}[keyof R];

/**
 * A family's HTTP API with one method a route. Every method throws a
 * `ResponseError` when the backend refuses.
 * @public
 */
export type ClientOf<R extends Routes> = {
  [K in keyof R]: Ask<R[K]>;
} & {
  /** The same tables as RFC 4180 text. */
  csv: {
    [K in CsvNames<R>]: (
      request: RequestOf<R[K]>,
      options?: RequestOptions,
    ) => Promise<string>;
  };
};

/** The part of `fetch` a client needs. @public */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Makes a client of routes.
 *
 * @param baseUrl - what paths are put behind: `plugin://<id>`, or an address;
 *   a function when it has to be looked up for each request
 * @public
 */
export function createClient<R extends Routes>(
  routes: R,
  options: { fetch: FetchLike; baseUrl: string | (() => Promise<string>) },
): ClientOf<R> {
  const base = async () =>
    typeof options.baseUrl === 'string' ? options.baseUrl : options.baseUrl();
  const send = async (
    route: Route,
    accept: string,
    request: Record<string, unknown> = {},
    { signal, headers }: RequestOptions = {},
  ): Promise<Response> => {
    const { body, contentType, ...rest } = request;
    const path = addressOf(route, rest);
    const response = await options.fetch(`${await base()}${path}`, {
      method: route.method.toUpperCase(),
      signal,
      headers: {
        ...headers,
        Accept: accept,
        ...(route.body ? { 'Content-Type': 'application/json' } : {}),
        ...(route.raw ? { 'Content-Type': String(contentType) } : {}),
      },
      ...(route.body ? { body: JSON.stringify(body) } : {}),
      ...(route.raw ? { body: body as string | Blob } : {}),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  };
  const client: Record<string, unknown> = {};
  const csv: Record<string, unknown> = {};
  for (const [name, route] of Object.entries(routes)) {
    client[name] = async (request?: {}, given?: RequestOptions) => {
      const accept = route.bytes ? '*/*' : 'application/json';
      const response = await send(route, accept, request, given);
      if (route.bytes) return response;
      return route.answer ? response.json() : undefined;
    };
    if (!route.csv) continue;
    csv[name] = async (request?: {}, given?: RequestOptions) =>
      (await send(route, 'text/csv', request, given)).text();
  }
  return { ...client, csv } as ClientOf<R>;
}

/**
 * A part of a path. No encoding keeps these from leading to another route: what
 * sends them takes them out of the path, with the part before.
 */
function segmentOf(name: string, value: string): string {
  if (/^\.{0,2}$/.test(value)) {
    throw new TypeError(`'${value}' cannot be the ${name} of an address`);
  }
  return encodeURIComponent(value);
}

/**
 * Path and query of a request. Lists repeat their name; what is undefined stays
 * out, so that the backend's default applies.
 *
 * @throws TypeError for a parameter of the path that would lead elsewhere
 * @public
 */
export function addressOf(
  route: Pick<Route, 'path'>,
  request: Readonly<Record<string, unknown>>,
): string {
  const inPath = new Set(paramsOf(route));
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    segmentOf(name, String(request[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    if (value === undefined || inPath.has(name)) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      search.append(name, String(item));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
