import {
  cabChangeCreatePermission,
  EXCEPTION_REMINDERS,
  type CabException,
  type CabRoutes,
  type Change,
} from '@fawkes/backstage-plugin-cab-common';
import { ownerOf, type Viewer } from '@fawkes/kit-backend/access';
import type { Handlers } from '@fawkes/kit-backend/http';
import type { CaseDeps, Doer } from '../cases/deps';
import { notAllowed, notFound } from '../cases/refusals';
import { attachRefusal, personOf } from '../evidence/whose';
import {
  decideException,
  endException,
  mineOfException,
  requestException,
} from '../exceptions/deciding';
import { listExceptions } from '../exceptions/listing';
import { readException, shownExceptions } from '../exceptions/row';
import { applyException } from '../exceptions/using';
import type { DirectoryPerson } from '../people/directory';
import { iso } from '../read/summary';
import { databaseNow } from '../store/database';
import type { ChangeRow, ExceptionRow } from '../store/tables';

type ExceptionHandlers = Pick<
  Handlers<CabRoutes>,
  | 'getExceptions'
  | 'getException'
  | 'requestException'
  | 'approveException'
  | 'rejectException'
  | 'endException'
  | 'applyException'
>;

/** What the handlers of exceptions need of those of changes. */
interface Shared {
  cases: CaseDeps;
  seen: (viewer: Viewer, id: string) => Promise<ChangeRow>;
  shown: (viewer: Viewer, id: string) => Promise<Change>;
  doerOf: (viewer: Viewer, correlationId: string) => Doer;
  decidingOf: (viewer: Viewer) => string | undefined;
}

const DAY_MS = 86_400_000;
/** An end that is so near is one of those that end soon, ms. */
const SOON_MS = EXCEPTION_REMINDERS[0] * DAY_MS;

/** Exceptions over HTTP. */
export function exceptionHandlers({
  cases,
  seen,
  shown,
  doerOf,
  decidingOf,
}: Shared): ExceptionHandlers {
  const { db } = cases;
  /** An exception whose entity the viewer may see. */
  const found = async (viewer: Viewer, id: string): Promise<ExceptionRow> => {
    const row = await readException(db, id);
    const visible =
      row && (await viewer.entities([row.entity_ref])).has(row.entity_ref);
    if (!row || !visible) throw notFound('exception.not_found', { id });
    return row;
  };
  const shownTo = async (
    viewer: Viewer,
    rows: readonly ExceptionRow[],
  ): Promise<CabException[]> => {
    const userRef = decidingOf(viewer);
    const person =
      userRef === undefined || rows.length === 0
        ? undefined
        : await personOf(cases, userRef);
    const now = await databaseNow(db);
    return shownExceptions(
      db,
      rows,
      now,
      mineOfException(cases, now, userRef, person),
    );
  };
  const showOne = async (viewer: Viewer, id: string) => {
    const [exception] = await shownTo(viewer, [await found(viewer, id)]);
    return exception;
  };
  type Asked = {
    params: { id: string };
    viewer: Viewer;
    correlationId: string;
  };
  /** Does something with an exception that is seen, and shows what became of it. */
  const decided = async (
    { params, viewer, correlationId }: Asked,
    work: (who: {
      doer: Doer;
      person: DirectoryPerson | undefined;
    }) => Promise<void>,
  ): Promise<CabException> => {
    await found(viewer, params.id);
    const doer = doerOf(viewer, correlationId);
    await work({ doer, person: await personOf(cases, doer.actor) });
    return showOne(viewer, params.id);
  };

  return {
    getExceptions: async ({ query, viewer }) => {
      const now = await databaseNow(db);
      const { rows, nextCursor } = await listExceptions(
        db,
        query,
        now,
        SOON_MS,
      );
      const entities = await viewer.entities([
        ...new Set(rows.map(row => row.entity_ref)),
      ]);
      const visible = rows.filter(row => entities.has(row.entity_ref));
      return {
        asOf: iso(now),
        items: await shownTo(viewer, visible),
        nextCursor,
      };
    },
    getException: ({ params, viewer }) => showOne(viewer, params.id),
    requestException: async ({ body, viewer, correlationId, note }) => {
      const doer = doerOf(viewer, correlationId);
      const entity = (await viewer.entities([body.entityRef])).get(
        body.entityRef,
      );
      if (!entity) throw notFound('entity.not_found', { ref: body.entityRef });
      const owner = ownerOf(entity)?.toLowerCase() ?? null;
      const resource = { ref: body.entityRef, owner: ownerOf(entity) };
      if (!(await viewer.may(cabChangeCreatePermission, resource))) {
        throw notAllowed('exception.no_request', { ref: body.entityRef });
      }
      const { title, name } = entity.metadata;
      const id = await requestException(
        cases,
        body,
        { title: title ?? name, owner },
        { doer, person: await personOf(cases, doer.actor) },
      );
      note({ exceptionId: id });
      return showOne(viewer, id);
    },
    approveException: request =>
      decided(request, who =>
        decideException(cases, request.params.id, 'approve', request.body, who),
      ),
    rejectException: request =>
      decided(request, who =>
        decideException(cases, request.params.id, 'reject', request.body, who),
      ),
    endException: request =>
      decided(request, who =>
        endException(cases, request.params.id, request.body, who),
      ),
    applyException: async ({ params, body, viewer, correlationId, note }) => {
      const row = await seen(viewer, params.id);
      const doer = doerOf(viewer, correlationId);
      const resource = { ref: row.entity_ref, owner: row.owner_ref };
      if (!(await viewer.may(cabChangeCreatePermission, resource))) {
        throw notAllowed('entity.no_create', {
          ref: row.entity_ref,
          permission: cabChangeCreatePermission.name,
        });
      }
      const person = await personOf(cases, doer.actor);
      const refused = attachRefusal(row, doer.actor, person);
      if (refused) throw refused;
      await applyException(cases, row.id, body.exceptionId, doer);
      note({ exceptionId: body.exceptionId });
      return shown(viewer, row.id);
    },
  };
}
