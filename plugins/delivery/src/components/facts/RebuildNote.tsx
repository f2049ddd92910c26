import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { deliveryTranslationRef } from '../../translation';

/** Says that everything is being made anew, and how much is left where that is known. */
export function RebuildNote({ left }: { left?: number }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const text = t('fact.rebuild.text');
  return (
    <Alert
      status="info"
      title={t('fact.rebuild.title')}
      description={
        left ? `${text} (${t('fact.rebuild.left', { count: left })})` : text
      }
    />
  );
}
