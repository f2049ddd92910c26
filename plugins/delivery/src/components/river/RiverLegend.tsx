import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../../translation';
import type { Outcome } from '../facts/outcome';
import { DotShape } from './DotShape';
import styles from './river.module.css';

const SHOWN: Outcome[] = ['success', 'failed', 'rolled-back', 'attempt'];

/** What the shapes mean. */
export function RiverLegend() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <ul className={styles.legend} aria-label={t('fact.river.legend')}>
      {SHOWN.map(outcome => (
        <li key={outcome}>
          <svg width={18} height={18} aria-hidden="true" focusable="false">
            <DotShape outcome={outcome} x={9} y={9} r={5} />
          </svg>
          {t(`fact.outcome.${outcome}`)}
        </li>
      ))}
      <li>
        <svg width={18} height={18} aria-hidden="true" focusable="false">
          <rect className={styles.bar} x={1} y={6} width={16} height={6} />
        </svg>
        {t('fact.river.incident')}
      </li>
      <li>{t('fact.river.size')}</li>
    </ul>
  );
}
