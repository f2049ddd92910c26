import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QualityRow } from '@fawkes/backstage-plugin-delivery-common';
import {
  RiCheckLine,
  RiCloseLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { Instant, useFormat, useSaid } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** The kinds of facts, in the order they are shown. */
export const MATRIX_FACTS = [
  'deployments',
  'commits',
  'pull-requests',
  'incidents',
] as const;

type CellData = QualityRow['cells'][number];

const ICONS: Record<CellData['state'], RemixiconComponentType> = {
  present: RiCheckLine,
  stale: RiTimeLine,
  missing: RiCloseLine,
};

/** State of one kind of fact of one service, and what to do about it. */
export function MatrixCell({ cell }: { cell: CellData | undefined }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const format = useFormat();
  if (!cell) return <>{t('fact.unknown')}</>;
  const Icon = ICONS[cell.state];
  return (
    <div className={styles.cell}>
      <span className={styles.state} data-state={cell.state}>
        <Icon aria-hidden size={16} />
        {cell.state === 'present'
          ? t('fact.matrix.present', { total: format.count(cell.count) })
          : t(`fact.matrix.${cell.state}`)}
        {cell.state === 'stale' && cell.lastAt ? (
          <Instant at={cell.lastAt} />
        ) : null}
      </span>
      {cell.adviceSaid ? (
        <span className={styles.advice}>
          {speak(cell.adviceSaid, cell.adviceSaid.text)}
        </span>
      ) : null}
    </div>
  );
}
