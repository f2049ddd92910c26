import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  HttpRouterService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  parseInput,
  type AnswerOf,
  type BodyOf,
  type ParamsOf,
  type QueryOf,
  type Route,
  type Routes,
} from '@fawkes/kit-contract';
import type { Request, RequestHandler, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Viewer } from '../access/viewer';
import { answerErrors } from './answerErrors';
import { audited, auditRefusal, type Note } from './audited';
import { readBody } from './body';
import { checkAnswer } from './checkAnswer';
import { correlation, correlationOf } from './correlation';
import { InFlight, type InFlightLimits } from './inFlight';
import { queryOf } from './query';
import type { Readiness } from './readiness';
import { Refusals, type RefusalLimits } from './refusals';
import { Answered, sendAnswer } from './sendAnswer';
import { KeptBytes, sendBytes } from './sendBytes';
import { addressOf, callerOf, whoAsks } from './whoAsks';

/** What a handler is given. @public */
export interface RouteRequest<R extends Route> {
  /** The parameters in the path, decoded. */
  params: ParamsOf<R>;
  /** The query by its schema, after its defaults. */
  query: QueryOf<R>;
  /** The body by its schema; of a raw body its text, of a streamed one nothing yet. */
  body: R['raw'] extends { streamed: true }
    ? undefined
    : R['raw'] extends object
    ? string
    : BodyOf<R>;
  /** Who asks, and what they may do and see. */
  viewer: Viewer;
  /** What log lines, audit events and the answer have in common. */
  correlationId: string;
  /** Adds to what the audit event of a changing request says. */
  note: Note;
  /** For what data cannot say: the headers of raw bodies, the bytes of streamed ones. */
  request: Request;
}

/** Does what a route is for. @public */
export type Handler<R extends Route> = (
  request: RouteRequest<R>,
) => Promise<
  R['bytes'] extends true ? KeptBytes : AnswerOf<R> | Answered<AnswerOf<R>>
>;

/** One handler a route; one that answers CSV too says how. @public */
export type Handlers<R extends Routes> = {
  [K in keyof R]: R[K]['csv'] extends true
    ? { answer: Handler<R[K]>; csv: (answer: AnswerOf<R[K]>) => string }
    : Handler<R[K]>;
};

/** What serving needs. @public */
export interface ServeDeps {
  /** Where changes and refusals are written down. */
  auditor: AuditorService;
  /** Says who is asking. */
  httpAuth: HttpAuthService;
  /** Gets errors that callers must not see. */
  logger: LoggerService;
  /** Tells a refused token from a database that is away. */
  readiness: Readiness;
  /** Makes the viewer of a request. */
  viewerOf(credentials: BackstageCredentials): Viewer;
  /** Usual ones where left out: `IN_FLIGHT`, `REFUSALS`. */
  limits?: { inFlight?: InFlightLimits; refusals?: RefusalLimits };
}

/**
 * Makes the router of a family: correlate → authenticate → authorise → read the
 * body → parse → do → answer as JSON or CSV → hide internals. Who is asking is
 * known, and may ask, before a byte of the body is read. Changes are audited
 * whole, refusals always. A missing handler does not compile.
 * @public
 */
export function serveRoutes<R extends Routes>(
  routes: R,
  handlers: Handlers<R>,
  deps: ServeDeps,
): Router {
  const router = PromiseRouter();
  const inFlight = new InFlight(deps.limits?.inFlight);
  const refusals = new Refusals(deps.limits?.refusals);
  router.use(correlation());
  for (const [name, route] of Object.entries(routes)) {
    const served: Served = { ...handlerOf(handlers[name]), name, route };
    router[route.method](route.path, (request, response) =>
      serve(served, { request, response }, { ...deps, inFlight, refusals }),
    );
  }
  router.use(pathsOf(routes), onlyKnown(deps.httpAuth));
  router.use(answerErrors(deps.logger));
  return router;
}

/**
 * Tells the framework that these routes check by themselves who is asking, so
 * that anonymous and refused callers get our answers and our limits.
 * @public
 */
export function checkCallersOurselves(
  httpRouter: HttpRouterService,
  routes: Routes,
): void {
  for (const path of pathsOf(routes)) {
    httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
}

function pathsOf(routes: Routes): string[] {
  return [...new Set(Object.values(routes).map(route => route.path))];
}

/**
 * The framework leaves everything below an open path open as well. What is none
 * of our routes, and perhaps another router's, is for known callers as it was.
 */
function onlyKnown(httpAuth: HttpAuthService): RequestHandler {
  return async request => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    return 'next';
  };
}

interface Served {
  name: string;
  route: Route;
  answer: Handler<Route>;
  csv: ((answer: unknown) => string) | undefined;
}

function handlerOf(handler: unknown): Pick<Served, 'answer' | 'csv'> {
  return typeof handler === 'function'
    ? { answer: handler as Handler<Route>, csv: undefined }
    : (handler as Required<Pick<Served, 'answer' | 'csv'>>);
}

interface Exchange {
  request: Request;
  response: Response;
}

async function serve(
  served: Served,
  { request, response }: Exchange,
  deps: ServeDeps & { inFlight: InFlight; refusals: Refusals },
): Promise<void> {
  const { route } = served;
  const { auditor, inFlight, refusals } = deps;
  const mutates = route.method !== 'get';
  let caller: string | undefined;
  let letGo = () => {};
  try {
    const credentials = await whoAsks(request, route, deps);
    const who = callerOf(credentials, request);
    caller = who;
    await refusals.check(who);
    const viewer = deps.viewerOf(credentials);
    const work = async (note: Note) => {
      await authorise(viewer, route);
      refuseUnstorable(request.params);
      const body = await readBody(request, response, route, bytes => {
        letGo = inFlight.hold(who, bytes);
      });
      return served.answer({
        params: request.params,
        query: route.query ? parseInput(route.query, queryOf(request)) : {},
        body: route.body ? parseInput(route.body, body) : body,
        viewer,
        correlationId: correlationOf(response),
        note,
        request,
      } as RouteRequest<Route>);
    };
    const said = mutates
      ? await audited(auditor, request, route, work)
      : await work(() => undefined);
    if (said instanceof KeptBytes) {
      await sendBytes(response, said);
      return;
    }
    const answered = said instanceof Answered ? said : new Answered(said);
    checkAnswer(served.name, route, answered.value);
    sendAnswer(request, response, route, answered, served.csv);
  } catch (error) {
    if (error instanceof NotAllowedError) {
      const who = caller ?? addressOf(request);
      // Callers of the wrong kind have not been checked yet.
      if (caller === undefined) await refusals.check(who);
      await refusals.count(who);
      // A change that was refused is in its own audit event already.
      if (!mutates || caller === undefined) {
        await auditRefusal(auditor, request, route, error);
      }
    }
    throw error;
  } finally {
    letGo();
  }
}

/** No database keeps U+0000, and PostgreSQL cannot even be asked for it. */
function refuseUnstorable(params: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(params)) {
    if (!value.includes('\0')) continue;
    throw new InputError(`${name}: must not contain U+0000`);
  }
}

/** One round for everything that is known to be asked. */
async function authorise(viewer: Viewer, route: Route): Promise<void> {
  const needs = route.needs ?? [];
  await viewer.ask([...needs, ...(route.asks ?? [])]);
  for (const permission of needs) await viewer.require(permission);
}
