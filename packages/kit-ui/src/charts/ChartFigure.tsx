import { useId, useState, type ReactNode } from 'react';
import { Button, Text, ToggleButton, VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiDownloadLine, RiTableLine } from '@remixicon/react';
import { kitUiTranslationRef } from '../translation';
import { ScrollBox } from '../values/ScrollBox';
import { onOneSheet, screenOnly } from '../states/print';
import { DataTable } from './DataTable';
import { toCsv, type DataColumn } from './csv';
import { downloadText } from './download';
import styles from './charts.module.css';

/** What {@link ChartFigure} takes. @public */
export interface ChartFigureProps<Row> {
  /** The finding, or the question the chart answers. */
  title: string;
  /** One sentence with what is to be seen. */
  summary?: ReactNode;
  /** Small print, e.g. that a bucket is not complete. */
  note?: ReactNode;
  /** Of the table and of the file. */
  columns: readonly DataColumn<Row>[];
  /** What is drawn, one row per point. */
  rows: readonly Row[];
  /** Tells rows apart. */
  rowKey: (row: Row) => string;
  /** Name of the downloaded file, with `.csv`. */
  fileName: string;
  /** What a click on the chart does, for the rows of the table. */
  onSelectRow?: (row: Row) => void;
  /** Makes the figure reachable by a link to `#id`. */
  id?: string;
  /** Level of the heading in the page's outline. */
  headingLevel?: 'h2' | 'h3' | 'h4';
  /**
   * The drawing speaks and can be walked by itself, so it is not hidden from
   * screen readers.
   */
  interactive?: boolean;
  /** The drawing; hidden from screen readers, which get the table. */
  children: ReactNode;
}

/**
 * The frame of every chart: title, what it says, the same data as a table, and
 * a download of it.
 * @public
 */
export function ChartFigure<Row>({
  title,
  summary,
  note,
  columns,
  rows,
  rowKey,
  fileName,
  onSelectRow,
  id,
  headingLevel = 'h3',
  interactive = false,
  children,
}: ChartFigureProps<Row>) {
  const { t } = useTranslationRef(kitUiTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const summaryId = useId();
  const table = { caption: title, columns, rows, rowKey };
  return (
    <figure
      id={id}
      className={`${styles.figure} ${onOneSheet}`}
      aria-label={title}
      aria-describedby={summaryId}
    >
      <div className={styles.head}>
        <Text as={headingLevel} variant="body-large" weight="bold">
          {title}
        </Text>
        <div className={`${styles.tools} ${screenOnly}`}>
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
      <div id={summaryId} className={styles.summary}>
        {summary}
        {note ? <div className={styles.note}>{note}</div> : null}
      </div>
      {asTable ? (
        <ScrollBox label={title} maxHeight="24rem">
          <DataTable {...table} onSelectRow={onSelectRow} />
        </ScrollBox>
      ) : (
        <>
          <div className={styles.body} aria-hidden={!interactive}>
            {children}
          </div>
          <VisuallyHidden>
            <DataTable {...table} />
          </VisuallyHidden>
        </>
      )}
    </figure>
  );
}
