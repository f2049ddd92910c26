import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ChartFigure } from '@fawkes/kit-ui/charts';
import { deliveryTranslationRef } from '../../translation';
import type { RiverInput } from './layout';
import { RiverDrawing } from './RiverDrawing';
import { RiverLegend } from './RiverLegend';
import { useRiverTable } from './useRiverTable';

/** @public */
export interface DeploymentRiverProps extends Omit<RiverInput, 'width'> {
  /** IANA zone of the dates; the browser's when left out. */
  tz?: string;
  /** Small print, e.g. that older ones are left out. */
  note?: string;
  /** Name of the download, with `.csv`. */
  fileName: string;
}

/**
 * The deployment river: time from left to right, one dot per deployment,
 * failures joined to the moment they were mended, incidents below as bars.
 * @public
 */
export function DeploymentRiver({
  note,
  fileName,
  ...facts
}: DeploymentRiverProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { columns, rows } = useRiverTable(facts);
  const failed = facts.deployments.filter(each => each.failed);
  const summary = t('fact.river.summary', {
    deployments: t('fact.deployments', { count: facts.deployments.length }),
    failed: String(failed.length),
    open: String(failed.filter(each => each.recoveredAt === null).length),
    incidents: t('fact.incidents', { count: facts.incidents.length }),
  });
  return (
    <ChartFigure
      title={t('fact.river.title')}
      summary={summary}
      note={note}
      columns={columns}
      rows={rows}
      rowKey={row => row.key}
      fileName={fileName}
      interactive
    >
      <RiverDrawing {...facts} />
      <RiverLegend />
    </ChartFigure>
  );
}
