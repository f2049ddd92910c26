import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { validateGpuHost } from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { useUrlState } from '@fawkes/kit-ui/filters';
import { layout, Section } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import { QueryProvider } from '../../hooks';
import { provisioningTranslationRef } from '../../translation';
import { Alternatives } from './Alternatives';
import { Choices } from './Choices';
import { GpuDrawing } from './GpuDrawing';
import {
  choiceOf,
  DEFAULT_GPU_VIEW,
  faultsOf,
  gpuViewSchema,
  isCut,
  specOf,
} from './gpuView';
import { Slices } from './Slices';
import { Verdict } from './Verdict';

const MEMORY = { bucket: 'provisioning.view', key: 'gpu' };

/**
 * Tries out how GPUs can be shared: what goes where, how a GPU is cut, and what
 * would fit instead. It asks nobody; what is chosen is in the address.
 * @public
 */
export function GpuPage() {
  return (
    <QueryProvider>
      <Content />
    </QueryProvider>
  );
}

function Content() {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const { params, setParams } = useUrlState(
    gpuViewSchema,
    DEFAULT_GPU_VIEW,
    MEMORY,
  );
  const spec = useMemo(() => specOf(params), [params]);
  const verdict = useMemo(() => validateGpuHost(spec, Date.now()), [spec]);
  const faults = useMemo(() => faultsOf(spec), [spec]);
  const { board } = choiceOf(params);
  // GPUs of one group are cut alike, so one stands for all.
  const [placements] = verdict.placements;
  const alternatives = verdict.alternatives[0]?.layouts ?? [];
  return (
    <Container>
      <div className={layout.page}>
        <p className={layout.quiet}>{t('gpu.about')}</p>
        <Choices view={params} faults={faults} onChange={setParams} />
        {board && isCut(params) ? (
          <Section
            title={t('gpu.slices')}
            description={t('gpu.slicesText', {
              compute: String(board.computeSlices),
              memory: String(board.memoryUnits),
            })}
          >
            <Slices
              board={board}
              view={params}
              onChange={cut => setParams({ cut })}
            />
            <GpuDrawing board={board} placements={placements} />
          </Section>
        ) : null}
        {faults.length === 0 ? <Verdict verdict={verdict} /> : null}
        {board && alternatives.length > 0 ? (
          <Alternatives
            board={board}
            layouts={alternatives}
            onTake={cut => setParams({ cut })}
          />
        ) : null}
      </div>
    </Container>
  );
}
