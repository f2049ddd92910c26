import {
  EDITIONS,
  SWITCHES,
  type MetricsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson, timeZoneSchema } from '@fawkes/kit-contract';
import {
  hasUrlParams,
  readUrlParams,
  writeUrlParams,
  type TimeWindow,
} from '@fawkes/kit-ui/filters';
import { z } from 'zod';

/** What a person chose to look at; the whole of it is in the URL. @public */
export interface DeliveryView
  extends Pick<
    MetricsQuery,
    | 'unit'
    | 'start'
    | 'recoveryFrom'
    | 'bands'
    | 'environment'
    | 'edition'
    | 'industry'
    | 'size'
  > {
  /** Entity refs; none = everything. */
  scope: readonly string[];
  window: TimeWindow;
  /** IANA zone; the browser's when left out. */
  tz?: string;
  group: 'team' | 'service';
  /** Column of the table; a leading `-` sorts descending. */
  sort: string;
}

/** What is shown before anybody chose anything. @public */
export const DEFAULT_VIEW: DeliveryView = {
  scope: [],
  window: { days: 90 },
  group: 'team',
  sort: '-deploymentFrequency',
  unit: 'commit',
  start: 'committed',
  recoveryFrom: 'finished',
  bands: '2023',
  edition: '2025',
  industry: 'all',
};

const ENTITY_REF = /^[a-z][a-z0-9-]*:[^:/\s]+\/[^:/\s]+$/i;

/** What the address of a view may hold. */
export const paramsSchema = z.object({
  scope: z
    .array(z.string())
    .transform(refs => [...new Set(refs.filter(ref => ENTITY_REF.test(ref)))])
    .transform(refs => refs.slice(0, 200)),
  days: z.coerce.number().int().min(1).max(1_100).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  tz: timeZoneSchema.optional(),
  group: z.enum(['team', 'service']),
  sort: z.string().regex(/^-?[A-Za-z]{1,40}$/),
  unit: z.enum(SWITCHES.unit),
  start: z.enum(SWITCHES.start),
  recoveryFrom: z.enum(SWITCHES.recoveryFrom),
  bands: z.enum(SWITCHES.bands),
  environment: z.string().min(1).max(200).optional(),
  edition: z.enum(EDITIONS),
  industry: z.string().min(1).max(64),
  size: z.string().min(1).max(64).optional(),
});

type ViewParams = z.output<typeof paramsSchema>;

/** The window is no default: so every address says at least what it covers. */
export const DEFAULT_PARAMS: ViewParams = paramsOf({
  ...DEFAULT_VIEW,
  window: undefined,
});

/** The view that these parameters mean. */
export function viewOf({ days, from, to, ...rest }: ViewParams): DeliveryView {
  const custom = from && to && from < to ? { from, to } : undefined;
  return {
    ...rest,
    window: custom ?? (days ? { days } : DEFAULT_VIEW.window),
  };
}

/** The parameters that mean this view. */
export function paramsOf({
  window,
  scope,
  ...rest
}: Omit<DeliveryView, 'window'> & { window?: TimeWindow }): ViewParams {
  return {
    ...rest,
    scope: [...scope],
    days: undefined,
    from: undefined,
    to: undefined,
    ...window,
  };
}

/** Dates of one's own mean another question each day; the last rolling window stays. */
export function keepRolling(next: ViewParams, before: ViewParams): ViewParams {
  return next.from === undefined && next.to === undefined
    ? next
    : { ...next, from: undefined, to: undefined, days: before.days };
}

/** What is asked as it is before anybody chose anything; order and grouping stay. */
export const USUAL_QUESTION: Omit<DeliveryView, 'group' | 'sort'> = (({
  group: _group,
  sort: _sort,
  ...usual
}) => ({
  ...usual,
  tz: undefined,
  environment: undefined,
  size: undefined,
}))(DEFAULT_VIEW);

/** What a view would have to change to ask as usual; nothing where it does. */
export function changedIn(view: DeliveryView): Partial<DeliveryView> {
  return Object.fromEntries(
    Object.entries(USUAL_QUESTION).filter(
      ([name, usual]) =>
        canonicalJson(view[name as keyof DeliveryView] ?? null) !==
        canonicalJson(usual ?? null),
    ),
  );
}

/** Whether an address says anything about the view. */
export function hasView(search: URLSearchParams): boolean {
  return hasUrlParams(search, paramsSchema);
}

/** Reads the view out of an address. @public */
export function parseView(search: URLSearchParams): DeliveryView {
  return viewOf(readUrlParams(search, paramsSchema, DEFAULT_PARAMS));
}

/** Writes the view into an address; other parameters stay. @public */
export function writeView(
  search: URLSearchParams,
  view: DeliveryView,
): URLSearchParams {
  return writeUrlParams(search, paramsSchema, DEFAULT_PARAMS, paramsOf(view));
}
