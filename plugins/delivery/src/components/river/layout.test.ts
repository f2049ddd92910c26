import { aDeployment, anIncident } from '../../../dev/builders';
import { layoutRiver, RIVER, sizeOf, timeScale } from './layout';

const from = '2026-03-01T00:00:00.000Z';
const to = '2026-03-11T00:00:00.000Z';
const width = 1000 + 2 * RIVER.margin;
const day = (n: number, hour = 0) =>
  new Date(Date.UTC(2026, 2, n, hour)).toISOString();
const at = (n: number, more: Parameters<typeof aDeployment>[0] = {}) =>
  aDeployment({ id: `${n}`, finishedAt: day(n), ...more });
const river = (
  deployments: ReturnType<typeof aDeployment>[],
  incidents: ReturnType<typeof anIncident>[] = [],
) => layoutRiver({ deployments, incidents, from, to, width });

describe('layoutRiver', () => {
  it('puts time from left to right, oldest first', () => {
    const { dots } = river([at(6), at(2)]);
    expect(dots.map(({ x }) => x)).toEqual([
      RIVER.margin + 100,
      RIVER.margin + 500,
    ]);
    expect(dots.map(({ deployment }) => deployment.id)).toEqual(['2', '6']);
  });

  it('keeps everything inside the picture', () => {
    const x = timeScale({ from, to, width });
    expect(x(Date.parse('2020-01-01'))).toBe(RIVER.margin);
    expect(x(Date.parse('2030-01-01'))).toBe(width - RIVER.margin);
  });

  it('moves dots that would touch into other rows', () => {
    const { dots, shore } = river([
      at(5),
      at(5, { id: 'b' }),
      at(5, { id: 'c' }),
    ]);
    expect(new Set(dots.map(({ y }) => y)).size).toBe(3);
    expect(shore).toBe(3 * RIVER.row);
    dots.forEach(({ y, r }) => {
      expect(y - r).toBeGreaterThanOrEqual(0);
      expect(y + r).toBeLessThanOrEqual(shore);
    });
  });

  it('never needs more than its rows, however many there are', () => {
    const crowd = Array.from({ length: 60 }, (_, i) => at(5, { id: `${i}` }));
    expect(river(crowd).shore).toBe(RIVER.rows * RIVER.row);
  });

  it('joins a failure to the deployment that mended it', () => {
    const { links, dots } = river([
      at(3, { failed: true, recoveredAt: day(4) }),
      at(4),
    ]);
    expect(links).toHaveLength(1);
    expect(links[0]).toMatchObject({
      open: false,
      to: { x: dots[1].x, y: dots[1].y },
    });
  });

  it('ends the line at the moment where no deployment mended it', () => {
    const { links, dots } = river([
      at(3, { failed: true, recoveredAt: day(3, 12) }),
    ]);
    expect(links[0].to).toEqual({ x: RIVER.margin + 250, y: dots[0].y });
  });

  it('lets the line of an open failure run to the end', () => {
    const { links } = river([at(3, { failed: true })]);
    expect(links[0]).toMatchObject({
      open: true,
      to: { x: width - RIVER.margin },
    });
  });

  it('never joins to another service', () => {
    const { links } = river([
      at(3, { failed: true, recoveredAt: day(4) }),
      at(4, { service: 'component:default/other' }),
    ]);
    expect(links[0].to.y).toBe(links[0].from.y);
  });

  it('draws incidents below, overlapping ones apart', () => {
    const { bars, shore } = river(
      [at(3)],
      [
        anIncident({ openedAt: day(2), resolvedAt: day(4) }),
        anIncident({ key: '2', openedAt: day(3), resolvedAt: null }),
      ],
    );
    expect(bars.map(({ width: w, open }) => [w, open])).toEqual([
      [200, false],
      [800, true],
    ]);
    expect(bars[0].y).toBeGreaterThan(shore);
    expect(bars[1].y).toBeGreaterThan(bars[0].y);
  });

  it('shows more changes larger, within limits', () => {
    expect(sizeOf(0)).toBe(RIVER.smallest);
    expect(sizeOf(9)).toBeGreaterThan(sizeOf(1));
    expect(sizeOf(10_000)).toBe(RIVER.largest);
  });

  it('leaves out what never had a time', () => {
    expect(river([at(3, { finishedAt: null, startedAt: null })]).dots).toEqual(
      [],
    );
  });
});
