import { STAGES } from '../contract';
import { sampleFromJson, sampleToJson, type SampleJson } from './sample';
import { emptyTally, TALLY_COUNTS, TALLY_SAMPLES, type Tally } from './tally';

/**
 * A tally as a database row keeps it: short keys, because there is one per
 * service and day, and zeros and empty samples left out, so that equal content
 * is equal text.
 *
 * | key | field | key | field |
 * |---|---|---|---|
 * | `d` | deployments | `i` | openIncidents |
 * | `r` | reached | `t` | stages, in the order of `STAGES` |
 * | `f` | failed | `L` | lead |
 * | `w` | rework | `R` | recovery |
 * | `o` | openFailures | `G` | gaps |
 * | `u` | leadUnknown | `I` | restore |
 * | `c` | leadClamped | | |
 * @public
 */
export interface TallyJson {
  /** `deployments`. */
  d?: number;
  /** `reached`. */
  r?: number;
  /** `failed`. */
  f?: number;
  /** `rework`. */
  w?: number;
  /** `openFailures`. */
  o?: number;
  /** `leadUnknown`. */
  u?: number;
  /** `leadClamped`. */
  c?: number;
  /** `openIncidents`. */
  i?: number;
  /** `stages`, seconds in the order of `STAGES`. */
  t?: number[];
  /** `lead`, seconds. */
  L?: SampleJson;
  /** `recovery`, seconds. */
  R?: SampleJson;
  /** `gaps`, seconds. */
  G?: SampleJson;
  /** `restore`, seconds. */
  I?: SampleJson;
}

const COUNT_KEYS = {
  deployments: 'd',
  reached: 'r',
  failed: 'f',
  rework: 'w',
  openFailures: 'o',
  leadUnknown: 'u',
  leadClamped: 'c',
  openIncidents: 'i',
} as const;

const SAMPLE_KEYS = {
  lead: 'L',
  recovery: 'R',
  gaps: 'G',
  restore: 'I',
} as const;

/**
 * `JSON.stringify` of the result is the same text for equal content.
 * @public
 */
export function tallyToJson(tally: Tally): TallyJson {
  const json: TallyJson = {};
  for (const name of TALLY_COUNTS) {
    if (tally[name] !== 0) json[COUNT_KEYS[name]] = tally[name];
  }
  if (STAGES.some(stage => tally.stages[stage] !== 0)) {
    json.t = STAGES.map(stage => tally.stages[stage]);
  }
  for (const name of TALLY_SAMPLES) {
    const sample = tally[name];
    const empty = sample.kind === 'exact' ? sample.count === 0 : sample.isEmpty;
    if (!empty) json[SAMPLE_KEYS[name]] = sampleToJson(sample);
  }
  return json;
}

/** The tally a row keeps. @public */
export function tallyFromJson(json: TallyJson): Tally {
  const tally: Tally = emptyTally();
  for (const name of TALLY_COUNTS) tally[name] = json[COUNT_KEYS[name]] ?? 0;
  STAGES.forEach((stage, index) => {
    tally.stages[stage] = json.t?.[index] ?? 0;
  });
  for (const name of TALLY_SAMPLES) {
    const sample = json[SAMPLE_KEYS[name]];
    if (sample !== undefined) tally[name] = sampleFromJson(sample);
  }
  return tally;
}
