import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { useEffect } from 'react';
import { ChartSkeleton, Dimmed, ErrorState } from '@fawkes/kit-ui/states';
import { useFormat } from '@fawkes/kit-ui/values';
import { DeploymentRiver } from '../components/river';
import { useDeployments, useIncidents } from '../hooks';
import { deliveryTranslationRef } from '../translation';
import type { FactQuestion } from './question';

/** Most marks that are drawn; beyond it a river is a wall. */
const MOST = 1_000;
const PAGE = 200;

/** The river of one service over the chosen window. */
export function River({
  question,
  now,
  name,
}: {
  question: FactQuestion;
  /** ms since the epoch; the river ends here, not at the end of today. */
  now: number;
  name: string;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat(question.tz);
  const deployments = useDeployments({ ...question, limit: PAGE });
  const incidents = useIncidents({ ...question, limit: PAGE });
  const { data, hasNextPage, isFetching, fetchNextPage } = deployments;
  const loaded = data?.items.length ?? 0;

  useEffect(() => {
    if (hasNextPage && !isFetching && loaded < MOST) fetchNextPage();
  }, [hasNextPage, isFetching, loaded, fetchNextPage]);

  const error = deployments.error ?? incidents.error;
  if (!data || !incidents.data) {
    return error ? (
      <ErrorState
        title={t('fact.river.loadFailed')}
        error={error}
        onRetry={() => {
          deployments.refetch();
          incidents.refetch();
        }}
      />
    ) : (
      <ChartSkeleton label={t('fact.river.loading')} />
    );
  }
  const { from, to } = edges(question, now);
  return (
    <Dimmed when={deployments.isPlaceholderData}>
      <DeploymentRiver
        deployments={data.items}
        incidents={incidents.data.items}
        from={from}
        to={to}
        tz={question.tz}
        fileName={`deployments-${name}.csv`}
        note={
          hasNextPage && loaded >= MOST
            ? t('fact.river.newest', { total: format.count(MOST) })
            : undefined
        }
      />
    </Dimmed>
  );
}

/** The window as instants, without the part of it that has not happened yet. */
function edges({ from, to, tz }: FactQuestion, now: number) {
  const start = DateTime.fromISO(from, { zone: tz }).toMillis();
  const end = DateTime.fromISO(to, { zone: tz }).toMillis();
  return {
    from: new Date(start).toISOString(),
    to: new Date(Math.max(start + 1, Math.min(end, now))).toISOString(),
  };
}
