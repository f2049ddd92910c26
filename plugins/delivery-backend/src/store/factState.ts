import {
  factOf,
  type FactState,
  type FactType,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';

type Stored = {
  w?: NonNullable<FactState['whole']>['event'];
  f?: Record<string, [at: string, value: unknown]>;
  e?: Record<string, string>;
};

/** Writes a state down without what can be computed from the rest. */
export function encodeState(state: FactState): string {
  const stored: Stored = {};
  if (state.whole) stored.w = state.whole.event;
  if (state.fields) {
    stored.f = Object.fromEntries(
      Object.entries(state.fields).map(([name, field]) => [
        name,
        [field.rank.at, field.value],
      ]),
    );
  }
  if (state.earliest) stored.e = state.earliest;
  return JSON.stringify(stored);
}

/** Reads a state back. */
export function decodeState(type: FactType, text: string): FactState {
  const { w, f, e }: Stored = JSON.parse(text);
  return {
    type,
    ...(w ? { whole: factOf({ claim: 'whole', event: w }).whole } : {}),
    ...(f
      ? {
          fields: Object.fromEntries(
            Object.entries(f).map(([name, [at, value]]) => [
              name,
              {
                rank: {
                  final: 0 as const,
                  at,
                  state: 0 as const,
                  text: canonicalJson(value),
                },
                value,
              },
            ]),
          ),
        }
      : {}),
    ...(e ? { earliest: e } : {}),
  };
}
