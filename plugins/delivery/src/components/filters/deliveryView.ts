import { timeZoneSchema } from '@fawkes/backstage-plugin-delivery-common';
import { z } from 'zod';

/** Lengths of the window on offer, in days. @public */
export const WINDOW_DAYS = [30, 60, 90] as const;

/** What a person chose to look at; the whole of it is in the URL. @public */
export interface DeliveryView {
  /** Entity refs; none = everything. */
  scope: readonly string[];
  /** The last `days` days including today, or `[from, to)` as dates. */
  window: { days: number } | { from: string; to: string };
  /** IANA zone; the browser's when left out. */
  tz?: string;
  group: 'team' | 'service';
  /** Column of the table; a leading `-` sorts descending. */
  sort: string;
  unit: 'commit' | 'pull_request';
  start: 'committed' | 'authored' | 'pushed' | 'opened' | 'merged';
  recoveryFrom: 'finished' | 'detected';
  bands: '2023' | '2021' | 'custom';
  environment?: string;
  edition: '2025' | '2024';
  industry: string;
  size?: string;
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

// An address can be edited by hand or be old: what makes no sense is as if it
// were not there, rather than an error.
const paramsSchema = z.object({
  days: z.coerce.number().int().min(1).max(1_100).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  tz: timeZoneSchema.optional().catch(undefined),
  group: z.enum(['team', 'service']).catch(DEFAULT_VIEW.group),
  sort: z
    .string()
    .regex(/^-?[A-Za-z]{1,40}$/)
    .catch(DEFAULT_VIEW.sort),
  unit: z.enum(['commit', 'pull_request']).catch(DEFAULT_VIEW.unit),
  start: z
    .enum(['committed', 'authored', 'pushed', 'opened', 'merged'])
    .catch(DEFAULT_VIEW.start),
  recoveryFrom: z
    .enum(['finished', 'detected'])
    .catch(DEFAULT_VIEW.recoveryFrom),
  bands: z.enum(['2023', '2021', 'custom']).catch(DEFAULT_VIEW.bands),
  environment: z.string().min(1).max(200).optional().catch(undefined),
  edition: z.enum(['2025', '2024']).catch(DEFAULT_VIEW.edition),
  industry: z.string().min(1).max(64).catch(DEFAULT_VIEW.industry),
  size: z.string().min(1).max(64).optional().catch(undefined),
});

const OWN = ['scope', ...Object.keys(paramsSchema.shape)];

/** Whether an address says anything about the view. */
export function hasView(search: URLSearchParams): boolean {
  return OWN.some(name => search.has(name));
}

/** Reads the view out of an address. @public */
export function parseView(search: URLSearchParams): DeliveryView {
  const { days, from, to, ...rest } = paramsSchema.parse(
    Object.fromEntries(search),
  );
  const custom = from && to && from < to ? { from, to } : undefined;
  const scope = search.getAll('scope').filter(ref => ENTITY_REF.test(ref));
  return {
    ...rest,
    scope: [...new Set(scope)].slice(0, 200),
    window: custom ?? (days ? { days } : DEFAULT_VIEW.window),
  };
}

/**
 * Writes the view into an address; other parameters stay. Defaults are left
 * out, so that a plain address is a plain view.
 * @public
 */
export function writeView(
  search: URLSearchParams,
  view: DeliveryView,
): URLSearchParams {
  const next = new URLSearchParams(search);
  OWN.forEach(name => next.delete(name));
  const { scope, window, ...rest } = view;
  scope.forEach(ref => next.append('scope', ref));
  if ('from' in window) {
    next.set('from', window.from);
    next.set('to', window.to);
  } else {
    next.set('days', String(window.days));
  }
  const defaults: Partial<DeliveryView> = DEFAULT_VIEW;
  for (const [name, value] of Object.entries(rest)) {
    if (value && value !== defaults[name as keyof typeof rest]) {
      next.set(name, String(value));
    }
  }
  return next;
}
