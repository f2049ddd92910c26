import type { RiverDot } from './layout';
import styles from './river.module.css';

/**
 * The outcome as a shape, so that it needs no colour: success a circle, failed
 * a diamond, rolled back a triangle turning back, an attempt hollow.
 */
export function DotShape({
  outcome,
  x,
  y,
  r,
}: Pick<RiverDot, 'outcome' | 'x' | 'y' | 'r'>) {
  const common = { className: styles.dot, 'data-outcome': outcome };
  switch (outcome) {
    case 'failed':
      return (
        <path
          {...common}
          d={`M${x} ${y - r - 2}L${x + r + 2} ${y}L${x} ${y + r + 2}L${
            x - r - 2
          } ${y}Z`}
        />
      );
    case 'rolled-back':
      return (
        <path
          {...common}
          d={`M${x + r} ${y - r}L${x - r - 2} ${y}L${x + r} ${y + r}Z`}
        />
      );
    case 'attempt':
    case 'running':
      return (
        <circle
          {...common}
          cx={x}
          cy={y}
          r={r}
          strokeDasharray={outcome === 'running' ? '2 2' : undefined}
        />
      );
    default:
      return <circle {...common} cx={x} cy={y} r={r} />;
  }
}
