import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text, ToggleButton, VisuallyHidden } from '@backstage/ui';
import { RiDownloadLine, RiTableLine } from '@remixicon/react';
import { useState } from 'react';
import { toCsv } from '../../charts/csv';
import { DataTable } from '../../charts/DataTable';
import { downloadText } from '../../charts/download';
import { deliveryTranslationRef } from '../../translation';
import type { RiverInput } from './layout';
import { RiverDrawing } from './RiverDrawing';
import { RiverLegend } from './RiverLegend';
import styles from './river.module.css';
import { useRiverTable } from './useRiverTable';

/** What scrolls has to be reachable by keyboard. */
const SCROLLABLE = { tabIndex: 0, role: 'region' } as const;

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
 * The deployment river: time from left to right, one mark per deployment,
 * failures joined to the moment they were mended, incidents below as bars.
 * @public
 */
export function DeploymentRiver({
  note,
  fileName,
  ...facts
}: DeploymentRiverProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const { columns, rows } = useRiverTable(facts);
  const failed = facts.deployments.filter(each => each.failed);
  const title = t('fact.river.title');
  const summary = t('fact.river.summary', {
    deployments: t('fact.deployments', { count: facts.deployments.length }),
    failed: String(failed.length),
    open: String(failed.filter(each => each.recoveredAt === null).length),
    incidents: t('fact.incidents', { count: facts.incidents.length }),
  });
  const table = (
    <DataTable
      caption={title}
      columns={columns}
      rows={rows}
      rowKey={row => row.key}
    />
  );

  return (
    <figure className={styles.figure} aria-label={`${title}. ${summary}`}>
      <div className={styles.head}>
        <Text as="h3" variant="title-x-small" weight="bold">
          {title}
        </Text>
        <div className={styles.tools}>
          <ToggleButton
            size="small"
            iconStart={<RiTableLine aria-hidden />}
            isSelected={asTable}
            onChange={setAsTable}
          >
            {t('chart.viewAsTable')}
          </ToggleButton>
          <Button
            size="small"
            variant="tertiary"
            iconStart={<RiDownloadLine aria-hidden />}
            onPress={() =>
              downloadText(fileName, toCsv(columns, rows), 'text/csv')
            }
          >
            {t('chart.downloadCsv')}
          </Button>
        </div>
      </div>
      <p className={styles.summary}>
        {summary} {note}
      </p>
      {asTable ? (
        <div className={styles.table} aria-label={title} {...SCROLLABLE}>
          {table}
        </div>
      ) : (
        <>
          <RiverDrawing {...facts} />
          <RiverLegend />
          <VisuallyHidden>{table}</VisuallyHidden>
        </>
      )}
    </figure>
  );
}
