import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  describeLayout,
  judgeLayout,
  type MigBoard,
  type MigLayout,
} from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { layout, Section } from '@fawkes/kit-ui/values';
import { provisioningTranslationRef } from '../../translation';
import { GpuDrawing } from './GpuDrawing';
import { cutOf } from './gpuView';

/** What would fit instead, each drawn, and taken with a button. */
export function Alternatives({
  board,
  layouts,
  onTake,
}: {
  board: MigBoard;
  layouts: readonly MigLayout[];
  onTake: (cut: string[]) => void;
}) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return (
    <Section title={t('gpu.instead')} description={t('gpu.insteadText')}>
      <ul className={layout.items}>
        {layouts.map(one => {
          const words = describeLayout(board, one);
          const verdict = judgeLayout(board, one);
          return (
            <li key={words} className={layout.stack}>
              <div className={layout.spread}>
                <code className={layout.code}>{words}</code>
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={t('gpu.takeThis', { layout: words })}
                  onPress={() => onTake(cutOf(one))}
                >
                  {t('gpu.take')}
                </Button>
              </div>
              <GpuDrawing
                board={board}
                placements={verdict.fits ? verdict.placements : []}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
