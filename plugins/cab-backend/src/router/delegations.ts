import type { CabRoutes } from '@fawkes/backstage-plugin-cab-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { Handlers } from '@fawkes/kit-backend/http';
import type { CaseDeps, Doer } from '../cases/deps';
import { notAllowed, wordsOfRefusal } from '../cases/refusals';
import {
  delegate,
  endDelegation,
  namingRefusal,
  openDelegations,
  readDelegation,
  shownDelegations,
} from '../delegations/delegations';
import { personOf } from '../evidence/whose';
import { iso } from '../read/summary';
import { databaseNow } from '../store/database';

type DelegationHandlers = Pick<
  Handlers<CabRoutes>,
  'getDelegations' | 'delegate' | 'endDelegation'
>;

/** What the handlers of delegations need of those of changes. */
interface Shared {
  cases: CaseDeps;
  doerOf: (viewer: Viewer, correlationId: string) => Doer;
  decidingOf: (viewer: Viewer) => string | undefined;
}

/** Delegations over HTTP. */
export function delegationHandlers({
  cases,
  doerOf,
  decidingOf,
}: Shared): DelegationHandlers {
  const { db, config, directory } = cases;
  const showOne = async (id: string, userRef: string) => {
    const row = await readDelegation(db, id);
    const now = await databaseNow(db);
    // Only the two it is about make or end it.
    const viewer = { userRef, isOnBoard: false };
    const [shown] = await shownDelegations(db, [row!], now, viewer);
    return shown;
  };
  return {
    getDelegations: async ({ viewer }) => {
      const now = await databaseNow(db);
      const userRef = decidingOf(viewer);
      const person =
        userRef === undefined ? undefined : await personOf(cases, userRef);
      const refused =
        userRef === undefined
          ? notAllowed('USER_ONLY')
          : namingRefusal(cases, userRef, person);
      return {
        asOf: iso(now),
        items: await shownDelegations(db, await openDelegations(db, now), now, {
          userRef,
          isOnBoard: refused === undefined,
        }),
        mine: {
          name: wordsOfRefusal(refused),
          candidates: refused
            ? []
            : (await directory.membersOf([config.groups.board])).filter(
                each => each !== userRef,
              ),
        },
      };
    },
    delegate: async ({ body, viewer, correlationId, note }) => {
      const doer = doerOf(viewer, correlationId);
      const people = new Map([
        [doer.actor, await personOf(cases, doer.actor)],
        [body.to, await personOf(cases, body.to)],
      ]);
      const id = await delegate(cases, body, people, doer);
      note({ delegationId: id });
      return showOne(id, doer.actor);
    },
    endDelegation: async ({ params, body, viewer, correlationId }) => {
      const doer = doerOf(viewer, correlationId);
      await endDelegation(cases, params.id, body, doer);
      return showOne(params.id, doer.actor);
    },
  };
}
