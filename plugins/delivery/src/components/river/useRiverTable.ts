import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentSummary,
  Incident,
} from '@fawkes/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import type { DataColumn } from '@fawkes/kit-ui/charts';
import { useFormat } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import { instantOf, nameOf, outcomeOf } from '../facts/outcome';

/** A line of the table behind the river. */
export interface RiverRow {
  key: string;
  kind: 'deployment' | 'incident';
  at: string | null;
  name: string;
  environment: string | null;
  /** As the API writes it, for the download. */
  outcome: string;
  /** As people read it. */
  outcomeText: string;
  changes: number | null;
  /** Seconds until it was mended. */
  recovery: number | null;
}

/** The river as a table, newest first. */
export function useRiverTable({
  deployments,
  incidents,
  tz,
}: {
  deployments: readonly DeploymentSummary[];
  incidents: readonly Incident[];
  tz?: string;
}): { columns: DataColumn<RiverRow>[]; rows: RiverRow[] } {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat(tz);

  return useMemo(() => {
    const rows: RiverRow[] = [
      ...deployments.map(
        (each): RiverRow => ({
          key: each.key,
          kind: 'deployment',
          at: instantOf(each),
          name: nameOf(each),
          environment: each.environment,
          outcome: outcomeOf(each),
          outcomeText: t(`fact.outcome.${outcomeOf(each)}`),
          changes: each.changes,
          recovery: each.recoverySeconds,
        }),
      ),
      ...incidents.map(
        (each): RiverRow => ({
          key: each.key,
          kind: 'incident',
          at: each.openedAt,
          name: each.title ?? each.id,
          environment: null,
          outcome: each.resolvedAt ? 'resolved' : 'open',
          outcomeText: each.resolvedAt
            ? t('fact.incident.resolved')
            : t('fact.incident.open'),
          changes: null,
          recovery: each.durationSeconds.value,
        }),
      ),
    ].sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));

    const columns: DataColumn<RiverRow>[] = [
      {
        key: 'name',
        header: t('fact.column.name'),
        csvHeader: 'name',
        text: row => row.name,
        raw: row => row.name,
      },
      {
        key: 'kind',
        header: t('fact.column.kind'),
        csvHeader: 'kind',
        text: row => t(`fact.river.kind.${row.kind}`),
        raw: row => row.kind,
      },
      {
        key: 'at',
        header: t('fact.column.when'),
        csvHeader: 'at',
        text: row => (row.at ? format.instant(row.at) : t('fact.unknown')),
        raw: row => row.at,
      },
      {
        key: 'environment',
        header: t('fact.column.environment'),
        csvHeader: 'environment',
        text: row => row.environment ?? '–',
        raw: row => row.environment,
      },
      {
        key: 'outcome',
        header: t('fact.column.outcome'),
        csvHeader: 'outcome',
        text: row => row.outcomeText,
        raw: row => row.outcome,
      },
      {
        key: 'changes',
        header: t('fact.column.changes'),
        csvHeader: 'changes',
        numeric: true,
        text: row => (row.changes === null ? '–' : format.count(row.changes)),
        raw: row => row.changes,
      },
      {
        key: 'recovery',
        header: t('fact.column.recovery'),
        csvHeader: 'recovery_seconds',
        numeric: true,
        text: row =>
          row.recovery === null ? '–' : format.duration(row.recovery),
        raw: row => row.recovery,
      },
    ];
    return { columns, rows };
  }, [deployments, format, incidents, t]);
}
