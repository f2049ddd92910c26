import { Container } from '@backstage/ui';
import { useMinute } from '@fawkes/kit-ui/values';
import {
  FilterBar,
  metricsByQueryOf,
  metricsQueryOf,
  pinned,
  useDeliveryView,
  windowOf,
  writeView,
} from '../../components/filters';
import {
  QueryProvider,
  useLiveDelivery,
  useMetrics,
  useMetricsBy,
} from '../../hooks';
import styles from './Dora.module.css';
import { DoraContent } from './DoraContent';
import { ExportMenu } from './ExportMenu';
import { ShareButton } from './ShareButton';

/** The five DORA metrics of any scope, and what is behind them. @public */
export function DoraPage() {
  return (
    <QueryProvider>
      <Dora />
    </QueryProvider>
  );
}

function Dora() {
  const { view, change } = useDeliveryView('dora');
  const now = useMinute();
  const metrics = useMetrics(metricsQueryOf(view, now));
  const by = useMetricsBy(metricsByQueryOf(view, now));
  useLiveDelivery();

  const { origin, pathname } = window.location;
  const search = writeView(new URLSearchParams(), pinned(view, now));
  const link = `${origin}${pathname}?${search}`;
  return (
    <Container>
      <div className={styles.page}>
        <FilterBar
          view={view}
          now={now}
          onChange={change}
          actions={
            <>
              <ExportMenu
                answer={metrics.data}
                by={by.data}
                sort={view.sort}
                link={link}
              />
              <ShareButton link={link} />
            </>
          }
        />
        <DoraContent
          metrics={metrics}
          by={by}
          view={view}
          days={windowOf(view, now).days}
          onChange={change}
        />
      </div>
    </Container>
  );
}
