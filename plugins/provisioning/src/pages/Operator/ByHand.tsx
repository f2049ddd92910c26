import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Said } from '@fawkes/kit-contract';
import { layout } from '@fawkes/kit-ui/values';
import { SaidList } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';

/** What a person looks at and does where the portal cannot. */
export function ByHand({ items }: { items: readonly Said[] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  if (items.length === 0) return null;
  return (
    <div className={layout.tight}>
      <strong>{t('operator.byHand')}</strong>
      <SaidList items={items} label={t('operator.byHand')} />
    </div>
  );
}
