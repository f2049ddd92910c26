import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { PlannedEffect } from '@fawkes/backstage-plugin-provisioning-common';
import { provisioningTranslationRef } from '../../translation';
import { SaidText } from '../words';
import styles from './effects.module.css';

/** What would be done, in its order, and what taking each back would mean. */
export function PlannedEffects({
  effects,
  label,
}: {
  effects: readonly PlannedEffect[];
  label: string;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <ol className={styles.effects} aria-label={label}>
      {effects.map(effect => (
        <li key={effect.id} className={styles.effect}>
          <span className={styles.head}>
            <span className={styles.title}>
              <SaidText said={effect.title} />
            </span>
            {effect.origin === 'adopted' ? (
              <Badge size="small">{t('origin.adopted')}</Badge>
            ) : null}
          </span>
          <span className={styles.undo}>
            <strong>{t(`undo.${effect.undoClass}`)}:</strong>{' '}
            <SaidText said={effect.undo} />
          </span>
        </li>
      ))}
    </ol>
  );
}
