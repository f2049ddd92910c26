import type { Permission } from '@backstage/plugin-permission-common';
import type { z } from 'zod';

/** HTTP methods a route may have. @public */
export type RouteMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * Who may call: a person, another plugin or an external token, anybody.
 * @public
 */
export type RouteCaller = 'user' | 'service' | 'anybody';

/**
 * A body that the handler reads by itself (a stream, lines, an upload).
 * @public
 */
export interface RawBody {
  /** Media types and what they hold, as the OpenAPI document says it. */
  content: Readonly<Record<string, z.ZodType | Readonly<object>>>;
  /** The handler takes the bytes as they come; otherwise it is given text. */
  streamed?: true;
}

/**
 * One HTTP route of a family, as data: the server, the client, the OpenAPI
 * document, the doubles of tests and the access matrix are made from it.
 * @public
 */
export interface Route {
  /** The HTTP method. */
  readonly method: RouteMethod;
  /** Below `/api/<plugin>`; parameters as express writes them: `/lists/:key`. */
  readonly path: string;
  /** One line, as the OpenAPI document shows it. */
  readonly summary: string;
  /** Query parameters; none when left out. */
  readonly query?: z.ZodObject;
  /** Body, sent as JSON. */
  readonly body?: z.ZodType;
  /** A body the handler reads by itself; excludes `body`. */
  readonly raw?: RawBody;
  /** Largest body in bytes; 16 KiB when left out. More is refused unread. */
  readonly limit?: number;
  /** What is answered; without it the route answers 204 with nothing. */
  readonly answer?: z.ZodType;
  /** Status of the usual answer; 200 with an answer and 204 without by default. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Answers with bytes as they were kept; excludes `answer`. */
  readonly bytes?: true;
  /** Answers as `text/csv` too, when that is what the caller prefers. */
  readonly csv?: true;
  /** Who may call; nobody else gets past the door. */
  readonly who: readonly RouteCaller[];
  /**
   * Permissions without which nobody is answered, asked for before the body is
   * read. A resource permission here refuses whoever has it for no resource.
   */
  readonly needs?: readonly Permission[];
  /**
   * Resource permissions the handler will ask about. They are fetched together
   * with `needs`; having none of them refuses nobody.
   */
  readonly asks?: readonly Permission[];
  /** What the route is about, as audit events name it: `<audit>-fetch|mutate`. */
  readonly audit: string;
  /** What a changing route does, as audit events name it: `mark`. */
  readonly action?: string;
  /** How much it matters to an auditor; `medium` when left out. */
  readonly severity?: 'low' | 'medium' | 'high' | 'critical';
}

/** The routes of a family by the names of the client's methods. @public */
export type Routes = Readonly<Record<string, Route>>;

/** Names of the parameters in a path. @public */
export type PathParams<P extends string> =
  P extends `${string}:${infer Name}/${infer Rest}`
    ? Name | PathParams<`/${Rest}`>
    : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** What a schema gives; something else where there is none. @public */
export type Output<S, Otherwise> = S extends z.ZodType
  ? z.output<S>
  : Otherwise;
/** What a schema takes; something else where there is none. @public */
export type Input<S, Otherwise> = S extends z.ZodType ? z.input<S> : Otherwise;

/** What a route answers. @public */
export type AnswerOf<R extends Route> = Output<R['answer'], void>;
/** What a caller gets of a route: its answer, or the bytes as a response. @public */
export type ResponseOf<R extends Route> = R['bytes'] extends true
  ? Response
  : AnswerOf<R>;
/** The query of a route after its defaults. @public */
export type QueryOf<R extends Route> = Output<R['query'], {}>;
/** The body of a route after its defaults. @public */
export type BodyOf<R extends Route> = Output<R['body'], undefined>;
/** The parameters in the path of a route. @public */
export type ParamsOf<R extends Route> = Record<PathParams<R['path']>, string>;

/**
 * What a caller gives: parameters of path and query side by side, and the body
 * apart.
 * @public
 */
export type RequestOf<R extends Route> = ParamsOf<R> &
  (R['query'] extends z.ZodObject ? Partial<z.input<R['query']>> : {}) &
  (R['body'] extends z.ZodType
    ? { body: Input<R['body'], never> }
    : R['raw'] extends { streamed: true }
    ? { body: string | Blob; contentType: string }
    : R['raw'] extends RawBody
    ? { body: string; contentType: string }
    : {});

const PARAM = /:(\w+)/g;

/** Names of the parameters in the path of a route, in order. @public */
export function paramsOf(route: Pick<Route, 'path'>): string[] {
  return [...route.path.matchAll(PARAM)].map(([, name]) => name);
}

/**
 * Names a route. Refuses one that contradicts itself, when the module is
 * loaded: long before a caller could notice.
 *
 * @throws TypeError saying what contradicts what
 * @public
 */
export function defineRoute<const R extends Route>(route: R): R {
  const fault = contradiction(route);
  if (fault) {
    throw new TypeError(`Route ${route.method} ${route.path}: ${fault}`);
  }
  return route;
}

function contradiction(route: Route): string | undefined {
  const { body, raw, method, query, answer, csv, status, who, needs } = route;
  if (!route.path.startsWith('/')) return 'the path begins with a slash';
  // Who may ask is checked by the route, so the path is open; and all below it.
  if (!/^\/[\w-]/.test(route.path)) return 'the path begins with a name';
  if (body && raw) return 'has a body and reads it by hand';
  if (method === 'get' && (body || raw)) return 'a GET has no body';
  if (route.bytes && answer) return 'answers bytes, and something else';
  if (csv && !answer) return 'nothing can be written as CSV';
  if (status === 204 && answer) return '204 has no content';
  if (who.length === 0) return 'nobody may call it';
  if (who.includes('anybody') && needs?.length) {
    return 'nobody in particular has a permission';
  }
  const names = [...paramsOf(route), ...Object.keys(query?.shape ?? {})];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return `two parameters are called '${twice}'`;
  const taken = names.find(name => ['body', 'contentType'].includes(name));
  return taken && `'${taken}' is what the client calls the body`;
}
