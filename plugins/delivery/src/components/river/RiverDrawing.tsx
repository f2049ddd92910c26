import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { type MouseEvent, useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useContainerWidth, useFormat } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import { usePaths } from '../facts/usePaths';
import {
  layoutRiver,
  RIVER,
  type RiverInput,
  type RiverDot,
  timeScale,
} from './layout';
import { DotShape } from './DotShape';
import styles from './river.module.css';
import { useMarkText } from './useMarkText';
import { useRoving } from './useRoving';

const AXIS = 22;
const TICK_EVERY = 130;

/** Drawn in this width where nothing is laid out yet, CSS pixels. */
const WIDTH_BEFORE_LAYOUT = 640;

/** Instants of the axis: evenly spread, as many as there is room for. */
function ticks(from: string, to: string, width: number): number[] {
  const count = Math.max(2, Math.floor(width / TICK_EVERY));
  const start = Date.parse(from);
  const step = (Date.parse(to) - start) / (count - 1);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function anchorOf(index: number, count: number): 'start' | 'middle' | 'end' {
  if (index === 0) return 'start';
  return index === count - 1 ? 'end' : 'middle';
}

/** The river itself: every dot is a link to its deployment. */
export function RiverDrawing({
  tz,
  ...facts
}: Omit<RiverInput, 'width'> & { tz?: string }) {
  const { deployments, incidents, from, to } = facts;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [frame, width = WIDTH_BEFORE_LAYOUT] = useContainerWidth();
  const format = useFormat(tz);
  const text = useMarkText(tz);
  const paths = usePaths();
  const navigate = useNavigate();
  const [shown, setShown] = useState<RiverDot>();
  const layout = useMemo(
    () => layoutRiver({ deployments, incidents, from, to, width }),
    [deployments, incidents, from, to, width],
  );
  const { dots, links, bars, shore, height } = layout;
  const roving = useRoving(dots.length);
  const axis = ticks(from, to, width);
  const x = timeScale({ from, to, width });

  const open = (event: MouseEvent, href: string | undefined) => {
    // New tab and new window stay the browser's business.
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey);
    if (!href || !plain || event.button !== 0) return;
    event.preventDefault();
    navigate(href);
  };

  return (
    <div ref={frame} className={styles.frame}>
      <svg
        role="group"
        aria-label={t('fact.river.keys')}
        width={width}
        height={height + AXIS}
        onKeyDown={roving.onKeyDown}
        className={styles.svg}
      >
        <line
          className={styles.shore}
          x1={RIVER.margin}
          x2={width - RIVER.margin}
          y1={shore + 2}
          y2={shore + 2}
        />
        {bars.map(bar => (
          <rect
            key={bar.incident.key}
            className={styles.bar}
            data-open={bar.open}
            aria-hidden="true"
            x={bar.x}
            y={bar.y - RIVER.bar / 2 + 2}
            width={bar.width}
            height={RIVER.bar - 4}
            rx={2}
          />
        ))}
        {links.map(link => (
          <line
            key={link.key}
            className={styles.link}
            data-open={link.open}
            aria-hidden="true"
            x1={link.from.x}
            y1={link.from.y}
            x2={link.to.x}
            y2={link.to.y}
          />
        ))}
        {dots.map((dot, index) => {
          const href = paths.deployment(dot.deployment.key);
          return (
            <a
              key={dot.deployment.key}
              ref={roving.refOf(index)}
              href={href}
              tabIndex={index === roving.current ? 0 : -1}
              aria-label={text.lines(dot.deployment).join(', ')}
              className={styles.anchor}
              onClick={event => open(event, href)}
              onFocus={() => {
                roving.choose(index);
                setShown(dot);
              }}
              onBlur={() => setShown(undefined)}
              onMouseEnter={() => setShown(dot)}
              onMouseLeave={() => setShown(undefined)}
            >
              {/* Something to hit that is larger than the dot. */}
              <circle cx={dot.x} cy={dot.y} r={12} fill="transparent" />
              <DotShape {...dot} />
            </a>
          );
        })}
        <g className={styles.axis} aria-hidden="true">
          {axis.map((at, index) => (
            <text
              key={at}
              x={x(at)}
              y={height + AXIS - 6}
              textAnchor={anchorOf(index, axis.length)}
            >
              {format.day(new Date(at).toISOString())}
            </text>
          ))}
        </g>
      </svg>
      {shown ? (
        <div
          className={styles.tooltip}
          aria-hidden="true"
          data-side={shown.x > width / 2 ? 'left' : 'right'}
          style={{ insetInlineStart: shown.x, top: shown.y }}
        >
          {text.lines(shown.deployment).map(line => (
            <span key={line}>{line}</span>
          ))}
        </div>
      ) : null}
    </div>
  );
}
