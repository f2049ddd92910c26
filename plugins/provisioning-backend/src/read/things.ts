import type { Thing } from '@fawkes/backstage-plugin-provisioning-common';
import { goesAndStays } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import { madeOf } from '../ledger/begin';
import { read } from '../store/json';
import type { EffectRow } from '../store/tables';

/** What exists because of a request: what would go, and what would stay. */
export function thingsOf(effects: readonly EffectRow[]): {
  goes: Thing[];
  stays: Array<{ thing: Thing; reason: Said }>;
} {
  const { goes, stays } = goesAndStays(
    effects
      .filter(({ undoes }) => undoes === '[]')
      .map(row => ({ ...madeOf(row), row })),
  );
  return {
    goes: goes.map(({ row }) => thingOf(row)),
    stays: stays.map(({ effect, reason }) => ({
      thing: thingOf(effect.row),
      reason,
    })),
  };
}

function thingOf(row: EffectRow): Thing {
  return {
    effect: row.id,
    title: read(row.title),
    origin: row.origin,
    undoClass: row.undo_class,
    undo: read(row.undo),
    links: read(row.links),
  };
}
