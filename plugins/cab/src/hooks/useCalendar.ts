import { useApi } from '@backstage/frontend-plugin-api';
import type { CalendarQuery } from '@fawkes/backstage-plugin-cab-common';
import { keepPreviousData, useQuery } from '@fawkes/kit-ui/query';
import { cabApiRef } from '../api';
import { CAB_KEY } from './useAnswers';

const RESTING_MS = 60_000;

/** Freezes, maintenance windows and planned changes of a stretch. */
export function useCalendar(query: CalendarQuery) {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'calendar', query],
    queryFn: ({ signal }) => api.getCalendar(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: RESTING_MS,
  });
}
