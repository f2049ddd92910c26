import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import {
  BINDINGS,
  ENVIRONMENTS,
  SHARING_METHODS,
} from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { provisioningTranslationRef } from '../../translation';
import styles from './Gpu.module.css';
import {
  ARCHITECTURES,
  GPU_CHOICES,
  GPU_COUNTS,
  numberOf,
  PARTITIONS,
  type GpuView,
} from './gpuView';

/** What is chosen from a list. */
type Picked = Exclude<keyof GpuView, 'share' | 'cut'>;

/** Which GPUs, in what, shared how. Words of the field stay as they are. */
export function Choices({
  view,
  onChange,
}: {
  view: GpuView;
  onChange: (patch: Partial<GpuView>) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const number = numberOf(view);
  const pick = (
    key: Picked,
    options: ReadonlyArray<{ id: string; label: string }>,
  ) => (
    <Select
      label={t(`gpu.${key}`)}
      options={[...options]}
      value={view[key]}
      onChange={value => onChange({ [key]: value } as Partial<GpuView>)}
    />
  );
  const same = (ids: readonly string[]) => ids.map(id => ({ id, label: id }));
  return (
    <div className={styles.choices} role="group" aria-label={t('gpu.choices')}>
      {pick(
        'gpu',
        GPU_CHOICES.map(({ id, title }) => ({ id, label: title })),
      )}
      {pick('count', same(GPU_COUNTS))}
      {pick('arch', same(ARCHITECTURES))}
      {pick(
        'environment',
        ENVIRONMENTS.map(id => ({ id, label: t(`gpu.in.${id}`) })),
      )}
      {pick('binding', same(BINDINGS))}
      {pick(
        'sharing',
        SHARING_METHODS.filter(id => id !== 'vgpu').map(id => ({
          id,
          label: id === 'none' ? t('gpu.none') : id,
        })),
      )}
      {view.sharing === 'amd-partition'
        ? pick('partition', same(PARTITIONS))
        : null}
      {number ? (
        <TextField
          label={t(`gpu.${number}`)}
          inputMode="numeric"
          maxLength={3}
          value={view.share}
          onChange={text => {
            const share = text.replace(/\D/g, '').slice(0, 3);
            onChange({ share: share || '0' });
          }}
        />
      ) : null}
    </div>
  );
}
