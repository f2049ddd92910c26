import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Left as LeftLine } from '@fawkes/backstage-plugin-dojo-common';
import { layout } from '@fawkes/kit-ui/values';
import { RiCheckboxBlankCircleLine } from '@remixicon/react';
import { usePaths } from '../../hooks';
import { dojoTranslationRef } from '../../translation';
import styles from './Belt.module.css';

/** What is left for a belt: one line a thing, with what there is and what is needed. */
export function Left({
  left,
  locale,
}: {
  left: readonly LeftLine[];
  locale: string;
}) {
  return (
    <ul className={`${layout.items} ${styles.left}`}>
      {left.map(each => (
        <li key={`${each.kind} ${each.name}`}>
          <RiCheckboxBlankCircleLine aria-hidden size={18} />
          <div>
            <Line line={each} locale={locale} />
            {each.ways.map((way, index) => (
              <ul key={index} className={layout.points}>
                {way.map(line => (
                  <li key={`${line.kind} ${line.name}`}>
                    <Line line={line} locale={locale} />
                  </li>
                ))}
              </ul>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

const COUNTS = {
  deployment: 'left.countDeployment',
  pipeline: 'left.countPipeline',
} as const;

function Line({
  line,
  locale,
}: {
  line: Omit<LeftLine, 'ways'>;
  locale: string;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const paths = usePaths();
  const counted = (['deployment', 'pipeline'] as const).find(type =>
    line.name.startsWith(type),
  );
  const title =
    line.kind === 'count' && counted ? t(COUNTS[counted]) : line.title;
  const have = String(line.have ?? 0);
  const need = String(line.need ?? 0);
  if (line.kind === 'any' || line.kind === 'impossible') {
    return <span>{t(`left.${line.kind}`)}</span>;
  }
  const text =
    line.kind === 'belt' || line.kind === 'module' || line.kind === 'lab'
      ? t(`left.${line.kind}`, { title })
      : t(`left.${line.kind}`, { title, have, need });
  return line.module ? (
    <Link href={paths.module(line.module)}>
      <span lang={locale}>{text}</span>
    </Link>
  ) : (
    <span>{text}</span>
  );
}
