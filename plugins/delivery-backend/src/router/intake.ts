import {
  deliveryIntakeReadPermission,
  replayBodySchema,
} from '@fawkes/backstage-plugin-delivery-common';
import { parseInput } from '@fawkes/kit-contract';
import { deriveContextOf } from '../derive/deriveContext';
import { removeSource } from '../intake/removeSource';
import { resolveScope, visibleTo } from '../permissions/scope';
import { listRejected, readIntake } from '../read/intake';
import { readQuality } from '../read/quality';
import { listSources } from '../read/sources';
import { replayRejected } from '../store/inbox';
import type { RouterDeps } from './deps';
import type { Some } from './some';

const sourceIdSchema = replayBodySchema.pick({ source: true }).required();

/** What is in, what is missing, and how to put it right. */
export function intakeHandlers({
  db,
  config,
  sources,
  backfills,
  now,
  nudge,
}: RouterDeps): Some<
  | 'getIntake'
  | 'getQuality'
  | 'getRejected'
  | 'getSources'
  | 'replay'
  | 'startBackfill'
  | 'removeSource'
> {
  const context = () => ({ db, config, now: now() });
  return {
    getIntake: async () => readIntake(context()),

    getQuality: async ({ query, viewer }) => {
      const scope = await resolveScope(query.scope, viewer);
      const mayReadIntake = await viewer.can(deliveryIntakeReadPermission);
      return readQuality(scope, mayReadIntake, {
        ...context(),
        visible: visibleTo(viewer),
      });
    },

    getSources: async () =>
      listSources(sources, await backfills.list(), context()),

    getRejected: async ({ query }) => listRejected(query, context()),

    replay: async ({ body }) => {
      const replayed = await replayRejected(db, body);
      nudge();
      return { replayed };
    },

    startBackfill: async ({ params }) => {
      await backfills.start(params.id);
      return { started: true };
    },

    removeSource: async ({ params }) => {
      const { source } = parseInput(sourceIdSchema, { source: params.id });
      const removed = await removeSource(db, source, {
        now: now(),
        dayOf: deriveContextOf(config).dayOf,
      });
      nudge();
      return { removed };
    },
  };
}
