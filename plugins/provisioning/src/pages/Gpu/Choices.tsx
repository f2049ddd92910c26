import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import {
  BINDINGS,
  ENVIRONMENTS,
  SHARING_METHODS,
} from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { layout } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import styles from './Gpu.module.css';
import {
  ARCHITECTURES,
  asksMachine,
  GPU_CHOICES,
  GPU_COUNTS,
  isCut,
  KNOWN,
  MIG_STRATEGIES,
  numberOf,
  PARTITIONS,
  type GpuView,
  type TypedFault,
} from './gpuView';

/** What is chosen from a list. */
type Typed = 'share' | 'vgpuType' | 'vgpuCount' | 'licence';
type Picked = Exclude<keyof GpuView, Typed | 'cut'>;

/** Which GPUs, in what, shared how. Words of the field stay as they are. */
export function Choices({
  view,
  faults,
  onChange,
}: {
  view: GpuView;
  /** What is written in a way that nobody takes. */
  faults: readonly TypedFault[];
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
  const fault = (field: TypedFault) =>
    faults.includes(field) ? (
      <p role="alert" className={layout.invalid}>
        {t(`gpu.wrong.${field}`)}
      </p>
    ) : null;
  const known = KNOWN.map(id => ({ id, label: t(`gpu.known.${id}`) }));
  const digits = (key: Typed, label: string, most: number) => (
    <TextField
      label={label}
      inputMode="numeric"
      maxLength={most}
      value={view[key]}
      onChange={text => {
        const typed = text.replace(/\D/g, '').slice(0, most);
        onChange({ [key]: typed || '0' } as Partial<GpuView>);
      }}
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
        SHARING_METHODS.map(id => ({
          id,
          label: id === 'none' ? t('gpu.none') : id,
        })),
      )}
      {view.sharing === 'amd-partition'
        ? pick('partition', same(PARTITIONS))
        : null}
      {isCut(view) ? pick('strategy', same(MIG_STRATEGIES)) : null}
      {number ? digits('share', t(`gpu.${number}`), 3) : null}
      {view.sharing === 'vgpu' ? (
        <>
          <div>
            <TextField
              label={t('gpu.vgpuType')}
              description={t('gpu.vgpuTypeText')}
              isInvalid={faults.includes('vgpuType')}
              maxLength={120}
              value={view.vgpuType}
              onChange={vgpuType => onChange({ vgpuType })}
            />
            {fault('vgpuType')}
          </div>
          <div>
            {digits('vgpuCount', t('gpu.vgpuCount'), 2)}
            {fault('vgpuCount')}
          </div>
          <div>
            <TextField
              label={t('gpu.licence')}
              description={t('gpu.licenceText')}
              isInvalid={faults.includes('licence')}
              maxLength={260}
              value={view.licence}
              onChange={licence => onChange({ licence })}
            />
            {fault('licence')}
          </div>
        </>
      ) : null}
      {asksMachine(view) ? pick('iommu', known) : null}
      {asksMachine(view) ? pick('sriov', known) : null}
    </div>
  );
}
