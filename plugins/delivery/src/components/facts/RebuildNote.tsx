import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import { deliveryTranslationRef } from '../../translation';

export interface RebuildNoteProps {
  /** How many services are left, where that is known. */
  left?: number;
  /** One line, where there is room for no more. */
  short?: boolean;
}

/** Says that everything is being made anew. */
export function RebuildNote({ left, short = false }: RebuildNoteProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const title = t('fact.rebuild.title');
  const text = t('fact.rebuild.text');
  if (short) {
    return (
      <Text as="p" variant="body-small" color="secondary" role="status">
        {t('fact.rebuild.short')}
      </Text>
    );
  }
  return (
    <Alert
      status="info"
      title={title}
      description={
        left ? `${text} (${t('fact.rebuild.left', { count: left })})` : text
      }
    />
  );
}
