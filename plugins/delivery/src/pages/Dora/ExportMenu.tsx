import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MetricsByResponse,
  MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { RiDownloadLine } from '@remixicon/react';
import { downloadText, toCsv } from '@fawkes/kit-ui/charts';
import { overlays } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import {
  BREAKDOWN_COLUMNS,
  SUMMARY_COLUMNS,
  summaryRows,
  viewJson,
} from './exportView';
import { sortRows } from './sortRows';
import { useSeriesColumns } from './useSeriesColumns';

interface ExportMenuProps {
  answer: MetricsResponse | undefined;
  by: MetricsByResponse | undefined;
  sort: string;
  /** Address that reproduces the view. */
  link: string;
}

/** Files of exactly what is shown, made from the answers on the page. */
export function ExportMenu({ answer, by, sort, link }: ExportMenuProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const columns = useSeriesColumns(answer?.window.tz ?? 'UTC');
  const rows = by ? sortRows(by.items, sort) : [];
  const csv = (name: string, text: string) =>
    downloadText(`delivery-${name}.csv`, text, 'text/csv');
  return (
    <MenuTrigger>
      <Button
        variant="secondary"
        iconStart={<RiDownloadLine aria-hidden />}
        isDisabled={!answer}
      >
        {t('export.button')}
      </Button>
      {answer ? (
        <Menu className={overlays.menu}>
          <MenuItem
            onAction={() =>
              csv(
                'metrics',
                toCsv(SUMMARY_COLUMNS, summaryRows(answer.metrics)),
              )
            }
          >
            {t('export.summary')}
          </MenuItem>
          <MenuItem
            onAction={() => csv('series', toCsv(columns.all, answer.series))}
          >
            {t('export.series')}
          </MenuItem>
          {by ? (
            <MenuItem
              onAction={() =>
                csv(`${by.groupBy}s`, toCsv(BREAKDOWN_COLUMNS, rows))
              }
            >
              {t(`export.table.${by.groupBy}`)}
            </MenuItem>
          ) : null}
          <MenuItem
            onAction={() =>
              downloadText(
                'delivery.json',
                viewJson(link, answer, by && { ...by, items: rows }),
                'application/json',
              )
            }
          >
            {t('export.json')}
          </MenuItem>
        </Menu>
      ) : null}
    </MenuTrigger>
  );
}
