import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Benchmark } from '@fawkes/backstage-plugin-delivery-common';
import { ChartFigure, type DataColumn } from '@fawkes/kit-ui/charts';
import { useFormat, useSaid } from '@fawkes/kit-ui/values';
import { BenchmarkChart, METRIC_COLOURS } from '../../charts';
import { deliveryTranslationRef } from '../../translation';

type BenchmarkRow = Benchmark['rows'][number];

/** The scores metric by metric, drawn and as a table. */
export function BenchmarkFigure({ benchmark }: { benchmark: Benchmark }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const { locale } = useFormat();
  const { groupSaid, groupOver } = benchmark;
  const name = speak(groupSaid, groupSaid.text);
  const group = groupOver
    ? t(`words.benchmark.over.${groupOver}`, { group: name })
    : name;
  const score = (value: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  const scoreOr = (value: number | null) =>
    value === null ? t('benchmark.partly') : score(value);

  const compare = ({ own, mean }: BenchmarkRow) => {
    if (own === null) return t('benchmark.noOwn', { mean: score(mean) });
    // As precise as it is shown.
    const apart = Math.round((own - mean) * 10) / 10;
    const words = { own: score(own), mean: score(mean) };
    if (apart === 0) return t('benchmark.equal', words);
    return t(apart > 0 ? 'benchmark.above' : 'benchmark.below', {
      ...words,
      amount: score(Math.abs(apart)),
    });
  };

  const columns: DataColumn<BenchmarkRow>[] = [
    {
      key: 'metric',
      header: t('benchmark.metric'),
      csvHeader: 'metric',
      raw: row => row.metric,
      text: row => t(`metric.${row.metric}`),
    },
    {
      key: 'own',
      header: t('benchmark.you'),
      csvHeader: 'own_score',
      numeric: true,
      raw: row => row.own,
      text: row => scoreOr(row.own),
    },
    {
      key: 'mean',
      header: t('benchmark.mean'),
      csvHeader: 'dora_mean',
      numeric: true,
      raw: row => row.mean,
      text: row => `${score(row.mean)} (± ${score(row.deviation)})`,
    },
    {
      key: 'deviation',
      header: t('benchmark.deviation'),
      csvHeader: 'dora_standard_deviation',
      raw: row => row.deviation,
      text: compare,
    },
  ];
  return (
    <ChartFigure
      id="delivery-benchmark"
      headingLevel="h2"
      title={t('benchmark.title')}
      summary={
        benchmark.overall === null
          ? t('benchmark.unknown')
          : t('benchmark.summary', {
              own: score(benchmark.overall),
              throughput: scoreOr(benchmark.throughput),
              stability: scoreOr(benchmark.stability),
            })
      }
      note={t('benchmark.group', {
        edition: benchmark.edition,
        group,
      })}
      columns={columns}
      rows={benchmark.rows}
      rowKey={row => row.metric}
      fileName="delivery-benchmark.csv"
    >
      <BenchmarkChart
        ownLabel={t('benchmark.you')}
        meanLabel={t('benchmark.mean')}
        lines={benchmark.rows.map(row => ({
          key: row.metric,
          label: t(`metric.${row.metric}`),
          own: row.own,
          mean: row.mean,
          colour: METRIC_COLOURS[row.metric],
          text: compare(row),
        }))}
      />
    </ChartFigure>
  );
}
