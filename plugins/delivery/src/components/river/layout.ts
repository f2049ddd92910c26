import type {
  DeploymentSummary,
  Incident,
} from '@fawkes/backstage-plugin-delivery-common';
import { instantOf, type Outcome, outcomeOf } from '../facts/outcome';

/** The picture's measures in CSS pixels. */
export const RIVER = {
  /** Between the edge and the first dot. */
  margin: 16,
  /** Height of one row of dots; the largest dot fits. */
  row: 26,
  /** Most rows dots are spread over before they overlap. */
  rows: 5,
  /** Height of one row of incidents. */
  bar: 12,
  bars: 3,
  smallest: 4,
  largest: 11,
} as const;

/** A deployment in the picture. */
export interface RiverDot {
  deployment: DeploymentSummary;
  outcome: Outcome;
  x: number;
  y: number;
  /** Half its size. */
  r: number;
}

/** From a failed deployment to the moment it was mended. */
export interface RiverLink {
  key: string;
  from: RiverDot;
  to: { x: number; y: number };
  /** Still broken: the line runs to the end of the picture. */
  open: boolean;
}

/** An incident in the picture. */
export interface RiverBar {
  incident: Incident;
  x: number;
  y: number;
  width: number;
  open: boolean;
}

/** What is drawn, oldest first. */
export interface RiverLayout {
  dots: RiverDot[];
  links: RiverLink[];
  bars: RiverBar[];
  /** Where the dots end and the incidents begin. */
  shore: number;
  height: number;
}

/** What the picture shows. */
export interface RiverInput {
  deployments: readonly DeploymentSummary[];
  incidents: readonly Incident[];
  /** Window, ISO 8601. */
  from: string;
  to: string;
  /** CSS pixels. */
  width: number;
}

/** Places every deployment and incident. Pure: same facts, same picture. */
export function layoutRiver(input: RiverInput): RiverLayout {
  const x = timeScale(input);
  const placed = place(input.deployments, x);
  const rows = Math.max(1, ...placed.map(({ row }) => row + 1));
  const middle = (rows * RIVER.row) / 2;
  const dots = placed.map(({ row, dot }) => ({
    ...dot,
    y: middle + offset(row) * RIVER.row + (rows % 2 === 0 ? -RIVER.row / 2 : 0),
  }));
  const shore = rows * RIVER.row;
  const bars = placeBars(input, x, shore + RIVER.bar);
  const deepest = Math.max(shore, ...bars.map(({ y }) => y + RIVER.bar));
  return {
    dots,
    links: dots.flatMap(dot => linkOf(dot, dots, x, input.to)),
    bars,
    shore,
    height: deepest + RIVER.bar / 2,
  };
}

/** Milliseconds since the epoch to pixels, kept inside the picture. */
export function timeScale({
  from,
  to,
  width,
}: Pick<RiverInput, 'from' | 'to' | 'width'>): (ms: number) => number {
  const start = Date.parse(from);
  const span = Math.max(1, Date.parse(to) - start);
  const room = Math.max(1, width - 2 * RIVER.margin);
  return ms =>
    RIVER.margin + Math.min(1, Math.max(0, (ms - start) / span)) * room;
}

/** The more changes, the larger: area, not radius, grows with them. */
export function sizeOf(changes: number): number {
  return Math.min(RIVER.largest, RIVER.smallest + 1.3 * Math.sqrt(changes));
}

type Placed = { row: number; dot: Omit<RiverDot, 'y'> };

/** Each dot goes to the first row where it touches no other. */
function place(
  deployments: readonly DeploymentSummary[],
  x: (ms: number) => number,
): Placed[] {
  const ends: number[] = new Array(RIVER.rows).fill(-Infinity);
  return deployments
    .flatMap(deployment => {
      const at = instantOf(deployment);
      return at ? [{ deployment, at: Date.parse(at) }] : [];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ deployment, at }) => {
      const dot = {
        deployment,
        outcome: outcomeOf(deployment),
        x: x(at),
        r: sizeOf(deployment.changes),
      };
      const free = ends.findIndex(end => end + 2 <= dot.x - dot.r);
      const row = free >= 0 ? free : ends.indexOf(Math.min(...ends));
      ends[row] = dot.x + dot.r;
      return { row, dot };
    });
}

/** Rows lie around the middle: 0, 1 below, 1 above, 2 below … */
function offset(row: number): number {
  return row % 2 === 0 ? -row / 2 : (row + 1) / 2;
}

function linkOf(
  from: RiverDot,
  dots: readonly RiverDot[],
  x: (ms: number) => number,
  end: string,
): RiverLink[] {
  const { deployment } = from;
  if (!deployment.failed) return [];
  const { key, recoveredAt, service, environment } = deployment;
  const mender =
    recoveredAt === null
      ? undefined
      : dots.find(
          other =>
            other !== from &&
            other.deployment.finishedAt === recoveredAt &&
            other.deployment.service === service &&
            other.deployment.environment === environment,
        );
  return [
    {
      key,
      from,
      to: mender
        ? { x: mender.x, y: mender.y }
        : { x: x(Date.parse(recoveredAt ?? end)), y: from.y },
      open: recoveredAt === null,
    },
  ];
}

function placeBars(
  { incidents, to }: RiverInput,
  x: (ms: number) => number,
  top: number,
): RiverBar[] {
  const ends: number[] = new Array(RIVER.bars).fill(-Infinity);
  return [...incidents]
    .sort((a, b) => a.openedAt.localeCompare(b.openedAt))
    .map(incident => {
      const start = x(Date.parse(incident.openedAt));
      const end = x(Date.parse(incident.resolvedAt ?? to));
      const width = Math.max(3, end - start);
      const free = ends.findIndex(other => other + 2 <= start);
      const row = free >= 0 ? free : ends.indexOf(Math.min(...ends));
      ends[row] = start + width;
      return {
        incident,
        x: start,
        y: top + row * RIVER.bar,
        width,
        open: incident.resolvedAt === null,
      };
    });
}
