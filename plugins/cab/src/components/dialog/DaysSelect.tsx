import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { cabTranslationRef } from '../../translation';

/** How long something is to last, in days. */
export function DaysSelect({
  choices,
  value,
  onChange,
}: {
  choices: readonly number[];
  value: number;
  onChange: (days: number) => void;
}) {
  const { t } = useTranslationRef(cabTranslationRef);
  return (
    <Select
      label={t('exception.days')}
      options={choices.map(count => ({
        id: String(count),
        label: t('exception.daysOf', { count }),
      }))}
      value={String(value)}
      onChange={key => onChange(Number(key))}
    />
  );
}
