import type { Thing } from '@fawkes/backstage-plugin-provisioning-common';
import {
  goesAndStays,
  thingTitle,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import type { EffectRequest } from '../effects/driver';
import { madeOf } from '../ledger/begin';
import { read } from '../store/json';
import type { EffectRow } from '../store/tables';

/** The names and the place of what was made. */
type OfWhat = Pick<EffectRequest, 'namespace' | 'name' | 'spec'>;

/** What exists because of a request: what would go, and what would stay. */
export function thingsOf(
  request: OfWhat,
  effects: readonly EffectRow[],
): {
  goes: Thing[];
  stays: Array<{ thing: Thing; reason: Said }>;
} {
  const { goes, stays } = goesAndStays(
    effects
      .filter(({ undoes }) => undoes === '[]')
      .map(row => ({ ...madeOf(row), row })),
  );
  return {
    goes: goes.map(({ row }) => thingOf(request, row)),
    stays: stays.map(({ effect, reason }) => ({
      thing: thingOf(request, effect.row),
      reason,
    })),
  };
}

function thingOf(request: OfWhat, row: EffectRow): Thing {
  return {
    effect: row.id,
    title: thingTitle(row.type, request, request.spec),
    origin: row.origin,
    undoClass: row.undo_class,
    undo: read(row.undo),
    links: read(row.links),
  };
}
