import {
  commitSchema,
  plannedWindowSchema,
  type Change,
  type PlannedWindow,
} from '@fawkes/backstage-plugin-cab-common';
import { describe, LONGEST, partsOf, type PlanText } from './planText';

/** A form as far as it is filled in: every field as it was typed. */
export interface Draft extends PlanText {
  title: string;
  environment: string;
  headSha: string;
  /** It cannot wait: the emergency board is asked. */
  emergency: boolean;
  /** It has a planned time. */
  timed: boolean;
  /** On the clock of this device, as a field of the browser has it. */
  from: string;
  to: string;
}

/** What can be wrong with a draft. */
export type Fault =
  | 'title'
  | 'environment'
  | 'headSha'
  | 'window'
  | 'description';

/** A form nobody has touched. */
export const EMPTY_DRAFT: Draft = {
  title: '',
  environment: '',
  headSha: '',
  emergency: false,
  timed: false,
  from: '',
  to: '',
  why: '',
  how: '',
  back: '',
};

/** A draft that was kept; what is not one, or of another version, is none. */
export function draftOf(kept: unknown): Draft | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const given = kept as Record<string, unknown>;
  const draft = { ...EMPTY_DRAFT } as Record<keyof Draft, unknown>;
  for (const key of Object.keys(EMPTY_DRAFT) as Array<keyof Draft>) {
    if (typeof given[key] === typeof EMPTY_DRAFT[key]) draft[key] = given[key];
  }
  return draft as unknown as Draft;
}

/** The window of a draft; null for none, undefined for one that is none. */
export function windowOf({
  timed,
  from,
  to,
}: Draft): PlannedWindow | null | undefined {
  if (!timed) return null;
  const [start, end] = [from, to].map(text => new Date(text).getTime());
  if (!Number.isFinite(start) || !Number.isFinite(end)) return undefined;
  const window = {
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
  };
  return plannedWindowSchema.safeParse(window).data;
}

/** What is sent of the plan. */
export function planOf(draft: Draft) {
  return {
    title: draft.title.trim(),
    description: describe(draft),
    window: windowOf(draft) ?? null,
  };
}

/** What is wrong with a draft, in the order of the form. */
export function faultsOf(draft: Draft, isNew: boolean): Fault[] {
  return [
    ...(draft.title.trim() === '' ? (['title'] as const) : []),
    ...(describe(draft).length > LONGEST ? (['description'] as const) : []),
    ...(isNew && draft.environment === '' ? (['environment'] as const) : []),
    ...(isNew && !commitSchema.safeParse(draft.headSha.trim()).success
      ? (['headSha'] as const)
      : []),
    ...(windowOf(draft) === undefined ? (['window'] as const) : []),
  ];
}

/** A draft that begins with how a change request is now. */
export function draftOfChange(change: Change): Draft {
  return {
    ...partsOf(change.description),
    title: change.title,
    environment: change.environment,
    headSha: change.headSha,
    emergency: change.type === 'emergency',
    timed: change.window !== null,
    from: change.window ? localOf(change.window.from) : '',
    to: change.window ? localOf(change.window.to) : '',
  };
}

/** An instant as a field for local time has it: `2026-11-30T18:00`. */
function localOf(iso: string): string {
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())];
  return `${day.join('-')}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
