import { Badge, Link, Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { METRICS } from '../../charts';
import { deliveryTranslationRef } from '../../translation';
import type { BreakdownProps } from './BreakdownTable';
import styles from './Dora.module.css';
import { MetricCell } from './MetricCell';
import { parseSort } from './sortRows';

/** The same rows where there is no room for a table. */
export function BreakdownList({
  rows,
  group,
  sort,
  bands,
  days,
  approximate,
  hrefOf,
  onSort,
}: BreakdownProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      <Select
        label={t('table.sort')}
        options={[
          { id: 'name', label: t(`table.${group}`) },
          ...METRICS.map(id => ({ id, label: t(`metric.${id}`) })),
        ]}
        selectedKey={parseSort(sort).column}
        onSelectionChange={key => {
          if (key) onSort(key === 'name' ? 'name' : `-${key}`);
        }}
      />
      <ul className={styles.list}>
        {rows.map(row => (
          <li key={row.entity.ref} className={styles.listItem}>
            <span className={styles.name}>
              <Link href={hrefOf(row)} weight="bold">
                {row.entity.title}
              </Link>
              {row.sample ? (
                <Badge size="small">{t('table.sample')}</Badge>
              ) : null}
            </span>
            <dl className={styles.listMetrics}>
              {METRICS.map(metric => (
                <div key={metric}>
                  <dt>{t(`metric.${metric}`)}</dt>
                  <dd>
                    <MetricCell
                      metrics={row.metrics}
                      name={metric}
                      bands={bands}
                      days={days}
                      approximate={approximate}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  );
}
