import {
  joinFirsts,
  sourceStateOf,
  type FactEvents,
  type FactState,
  type FactType,
  type RankedRecord,
  type SourceState,
  type Success,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';

type Event = FactEvents[FactType];

/** What one source told, as it is written down. */
type StoredSource = {
  /** The winning record, the later one it beats, and the tombstone. */
  w?: Event;
  l?: Event;
  g?: Event;
  /** Successes that may be the first, but for what `w` says itself. */
  s?: readonly Success[];
  f?: Record<string, [at: string, value: unknown]>;
  e?: Record<string, string>;
};

/** Most facts have one source: only several are a list. */
type Stored = StoredSource | { m: Record<string, StoredSource> };

/** Writes a state down without what can be computed from the rest. */
export function encodeState(state: FactState): string {
  const names = Object.keys(state.sources).sort();
  const stored: Stored =
    names.length === 1
      ? encodeSource(state.sources[names[0]])
      : {
          m: Object.fromEntries(
            names.map(name => [name, encodeSource(state.sources[name])]),
          ),
        };
  return JSON.stringify(stored);
}

function encodeSource(state: SourceState): StoredSource {
  const stored: StoredSource = {};
  if (state.whole) stored.w = state.whole.event;
  if (state.later) stored.l = state.later.event;
  if (state.grave) stored.g = state.grave.event;
  const said = canonicalJson(firstsOfRecord(state.whole));
  const firsts = (state.firsts ?? []).filter(
    success => canonicalJson([success]) !== said,
  );
  if (firsts.length > 0) stored.s = firsts;
  if (state.fields) {
    stored.f = Object.fromEntries(
      Object.entries(state.fields).map(([name, field]) => [
        name,
        [field.rank.at, field.value],
      ]),
    );
  }
  if (state.earliest) stored.e = state.earliest;
  return stored;
}

/** Reads a state back. */
export function decodeState(type: FactType, text: string): FactState {
  const stored: Stored = JSON.parse(text);
  if ('m' in stored) {
    return {
      type,
      sources: Object.fromEntries(
        Object.entries(stored.m).map(([name, one]) => [
          name,
          decodeSource(one),
        ]),
      ),
    };
  }
  return { type, sources: { [sourceOf(stored)]: decodeSource(stored) } };
}

/** A state of one source is kept under the name it gives itself. */
function sourceOf({ w, l, g, f }: StoredSource): string {
  return String((w ?? l ?? g)?.source ?? f?.source?.[1]);
}

function decodeSource({ w, l, g, s, f, e }: StoredSource): SourceState {
  // Before tombstones were kept apart, one was the record that won.
  const grave = g ?? (w?.deleted ? w : undefined);
  const whole = w?.deleted ? undefined : ranked(w);
  const firsts = [...(s ?? []), ...firstsOfRecord(whole)];
  const state: SourceState = {};
  if (whole) state.whole = whole;
  if (l) state.later = ranked(l);
  if (grave) state.grave = sourceStateOf(grave).grave;
  if (firsts.length > 0) state.firsts = joinFirsts(firsts);
  if (f) {
    state.fields = Object.fromEntries(
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
    );
  }
  if (e) state.earliest = e;
  return state;
}

function ranked(event: Event | undefined): RankedRecord | undefined {
  return event && sourceStateOf(event).whole;
}

function firstsOfRecord(record: RankedRecord | undefined): readonly Success[] {
  return (record && sourceStateOf(record.event).firsts) ?? [];
}
