import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { useAllGroups, useMayOperate, useMyGroups } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { FieldFault } from './Cards';

/** Your groups; every group for the platform group, which is recorded. */
export function OwnerField({
  value,
  error,
  onChange,
}: {
  value: string;
  error?: string;
  onChange: (ref: string) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const operates = useMayOperate();
  const mine = useMyGroups();
  const all = useAllGroups(operates);
  const own = mine.data ?? [];
  const others = (all.data ?? []).filter(ref => !own.includes(ref));
  const titleOf = useEntityTitles([...own, ...others]);
  const options = (refs: readonly string[]) =>
    refs
      .map(ref => ({ id: ref, label: titleOf(ref) }))
      .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div>
      <Select
        label={t('form.owner')}
        description={
          mine.data && own.length === 0 && !operates
            ? t('form.noGroup')
            : t('form.ownerText')
        }
        isRequired
        secondaryLabel={t('form.required')}
        isInvalid={Boolean(error)}
        placeholder={t('form.choose')}
        search={others.length > 0 ? { placeholder: t('form.find') } : undefined}
        options={
          others.length > 0
            ? [
                { title: t('form.ownGroups'), options: options(own) },
                { title: t('form.otherGroups'), options: options(others) },
              ]
            : options(own)
        }
        value={value || null}
        onChange={key => onChange(String(key))}
      />
      <FieldFault>{error}</FieldFault>
    </div>
  );
}
