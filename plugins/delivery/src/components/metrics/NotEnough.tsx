import { ButtonLink, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../../translation';
import { usePaths } from '../facts/usePaths';
import styles from './metrics.module.css';

/** @public */
export interface NotEnoughProps {
  reason: string;
  /** Entity refs the figure is about. */
  scope?: string[];
}

/** Not enough data is an answer: what is missing, and where to get it. @public */
export function NotEnough({ reason, scope }: NotEnoughProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const href = usePaths().quality(scope);
  return (
    <div className={styles.notEnough}>
      <Text as="p" variant="body-large" weight="bold">
        {t('state.notEnough')}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {reason}
      </Text>
      {href ? (
        <ButtonLink size="small" variant="secondary" href={href}>
          {t('state.notEnough.action')}
        </ButtonLink>
      ) : null}
    </div>
  );
}
