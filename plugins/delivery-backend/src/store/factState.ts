import {
  joinFirsts,
  readBefore,
  sourceStateOf,
  type FactEvents,
  type FactState,
  type FactType,
  type RankedRecord,
  type SourceState,
  type Success,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson, compareText } from '@fawkes/kit-contract';

type Event = FactEvents[FactType];

/** What one source told, as it is written down. */
type StoredSource = {
  /** Which of `w` and `l` an earlier release read out of their messages. */
  o?: string;
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
type Stored =
  | StoredSource
  | {
      m: Record<string, StoredSource>;
      /** The name its repository is kept under, see `FactState`. */
      r?: string;
    };

/** Writes a state down without what can be computed from the rest. */
export function encodeState(state: FactState): string {
  const names = Object.keys(state.sources).sort();
  const { repository } = state;
  const stored: Stored =
    names.length === 1 && repository === undefined
      ? encodeSource(state.sources[names[0]])
      : {
          m: Object.fromEntries(
            names.map(name => [name, encodeSource(state.sources[name])]),
          ),
          ...(repository !== undefined && { r: repository }),
        };
  return JSON.stringify(stored);
}

function encodeSource(state: SourceState): StoredSource {
  const stored: StoredSource = {};
  const before = `${state.whole?.before ? 'w' : ''}${
    state.later?.before ? 'l' : ''
  }`;
  if (before) stored.o = before;
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
      Object.entries(state.fields)
        .sort(byName)
        .map(([name, field]) => [name, [field.rank.at, field.value]]),
    );
  }
  if (state.earliest) {
    stored.e = Object.fromEntries(Object.entries(state.earliest).sort(byName));
  }
  return stored;
}

/** The same state is the same text, in whatever order its fields were told. */
function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return compareText(a, b);
}

/** Reads a state back. */
export function decodeState(type: FactType, text: string): FactState {
  const stored: Stored = JSON.parse(text);
  if ('m' in stored) {
    return {
      type,
      ...(stored.r !== undefined && { repository: stored.r }),
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

function decodeSource({ o = '', w, l, g, s, f, e }: StoredSource): SourceState {
  // Before tombstones were kept apart, one was the record that won.
  const grave = g ?? (w?.deleted ? w : undefined);
  const whole = w?.deleted ? undefined : ranked(w, o.includes('w'));
  const firsts = [...(s ?? []), ...firstsOfRecord(whole)];
  const state: SourceState = {};
  if (whole) state.whole = whole;
  if (l) state.later = ranked(l, o.includes('l'));
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

function ranked(
  event: Event | undefined,
  before: boolean,
): RankedRecord | undefined {
  const record = event && sourceStateOf(event).whole;
  return record && before ? readBefore(record) : record;
}

function firstsOfRecord(record: RankedRecord | undefined): readonly Success[] {
  return (record && sourceStateOf(record.event).firsts) ?? [];
}
