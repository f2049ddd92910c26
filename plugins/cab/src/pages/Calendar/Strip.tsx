import { Text } from '@backstage/ui';
import type { CalendarResponse } from '@fawkes/backstage-plugin-cab-common';
import { useFormat } from '@fawkes/kit-ui/values';
import styles from './calendar.module.css';
import { placeOf, type Stretch } from './stretch';

/** Most lines that are drawn; the lists below have all. */
const LINES = 12;

type Kind = 'freeze' | 'maintenance' | 'change';
interface Line {
  key: string;
  kind: Kind;
  name: string;
  times: Array<{ from: string; to: string }>;
}

/**
 * Everything of a stretch at a glance: a line for each rule and each change. It
 * says nothing that the lists do not, so it is left out for those who hear.
 */
export function Strip({
  data,
  shown,
  now,
}: {
  data: CalendarResponse;
  shown: Stretch;
  now: number;
}) {
  const { day } = useFormat();
  const lines = linesOf(data).slice(0, LINES);
  if (lines.length === 0) return null;
  const leftOf = (instant: string) =>
    placeOf({ from: instant, to: instant }, shown).left;
  const today = leftOf(new Date(now).toISOString());
  return (
    <div className={styles.strip} aria-hidden>
      <div className={styles.scale}>
        {shown.days
          .filter((_, at) => at % 7 === 0)
          .map(each => each.toISOString())
          .map(begin => (
            <span key={begin} style={{ insetInlineStart: `${leftOf(begin)}%` }}>
              {day(begin)}
            </span>
          ))}
      </div>
      {lines.map(({ key, kind, name, times }) => (
        <div key={key} className={styles.line}>
          <Text variant="body-small" truncate>
            {name}
          </Text>
          <div className={styles.track}>
            {times.map(time => {
              const { left, width } = placeOf(time, shown);
              return (
                <span
                  key={time.from}
                  className={styles[kind]}
                  style={{
                    insetInlineStart: `${left}%`,
                    inlineSize: `${width}%`,
                  }}
                />
              );
            })}
            {today > 0 && today < 100 ? (
              <span
                className={styles.now}
                style={{ insetInlineStart: `${today}%` }}
              />
            ) : null}
          </div>
        </div>
      ))}
    </div>
  );
}

function linesOf({ periods, changes }: CalendarResponse): Line[] {
  const rules = new Map<string, Line>();
  for (const { kind, rule, title, from, to } of periods) {
    const key = `${kind} ${rule}`;
    const line = rules.get(key) ?? { key, kind, name: title, times: [] };
    line.times.push({ from, to });
    rules.set(key, line);
  }
  return [
    ...[...rules.values()].filter(({ kind }) => kind === 'freeze'),
    ...changes.map(({ id, title, from, to }) => ({
      key: id,
      kind: 'change' as const,
      name: title,
      times: [{ from, to }],
    })),
    ...[...rules.values()].filter(({ kind }) => kind === 'maintenance'),
  ];
}
