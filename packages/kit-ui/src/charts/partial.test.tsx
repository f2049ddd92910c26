import { render } from '@testing-library/react';
import { BarSeriesChart } from './BarSeriesChart';
import { Sparkline } from './Sparkline';
import { TimeSeriesChart } from './TimeSeriesChart';
import type { TimeChartProps } from './timeChart';

const chart: TimeChartProps = {
  points: [false, false, false, true].map((partial, index) => ({
    key: String(index),
    label: `w${index}`,
    partial,
  })),
  series: [{ key: 'n', label: 'n', values: [4, 5, 6, 1], colour: 'teal' }],
  formatTick: String,
  formatExact: String,
  ticks: [0, 2, 4, 6],
  partialText: 'not complete',
};

/** The points a path or polyline leads through. */
const stops = (element: Element | null) =>
  (element?.getAttribute('points') ?? element?.getAttribute('d') ?? '')
    .split(/[ MLC]/)
    .filter(Boolean).length;

describe('a period that is not over', () => {
  it('ends no line of a chart, and is its only hollow point', () => {
    const { container } = render(<TimeSeriesChart {...chart} />);
    const drawn = [
      ...container.querySelectorAll('.recharts-line-curve'),
    ].filter(line => line.getAttribute('stroke') !== 'none');
    expect(drawn).toHaveLength(1);
    const dots = [...container.querySelectorAll('.recharts-line-dot')];
    const hollow = dots.filter(dot => dot.getAttribute('fill') !== 'teal');
    expect(dots).toHaveLength(4);
    expect(hollow).toHaveLength(1);
    const right = (dot: Element) => Number(dot.getAttribute('cx'));
    expect(right(hollow[0])).toBe(Math.max(...dots.map(right)));
  });

  it('is the only hollow bar', () => {
    const { container } = render(<BarSeriesChart {...chart} />);
    const bars = [...container.querySelectorAll('.recharts-rectangle')];
    expect(bars.map(bar => bar.getAttribute('fill') === 'teal')).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('ends no sparkline either', () => {
    const { container } = render(
      <Sparkline
        values={[4, 5, 6, 1]}
        partial={[false, false, false, true]}
        colour="teal"
      />,
    );
    expect(stops(container.querySelector('polyline'))).toBe(3);
    expect(container.querySelector('circle')).toHaveAttribute('fill', 'none');
  });

  it('is drawn like the others once it is over', () => {
    const { container } = render(
      <Sparkline values={[4, null, 6, 1]} colour="teal" />,
    );
    const lines = [...container.querySelectorAll('polyline')];
    expect(lines.map(stops)).toEqual([1, 2]);
    expect(container.querySelector('circle')).toHaveAttribute('fill', 'teal');
  });
});
