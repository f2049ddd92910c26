import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QualityRow } from '@fawkes/backstage-plugin-delivery-common';
import { layout, MaybeLink } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import { MATRIX_FACTS, MatrixCell } from './MatrixCell';
import styles from './Quality.module.css';

/** The matrix where there is no room for one: service after service. */
export function MatrixList({ rows }: { rows: readonly QualityRow[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  if (rows.length === 0) return <p>{t('fact.matrix.noMatch')}</p>;
  return (
    <ul className={layout.items}>
      {rows.map(row => (
        <li key={row.service} className={layout.item}>
          <strong>
            <MaybeLink href={paths.entity(row.service, '/delivery')}>
              {row.title}
            </MaybeLink>
          </strong>
          <dl className={styles.facts}>
            {MATRIX_FACTS.map(fact => (
              <div key={fact}>
                <dt>{t(`fact.matrix.${fact}`)}</dt>
                <dd>
                  <MatrixCell
                    cell={row.cells.find(each => each.fact === fact)}
                  />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
