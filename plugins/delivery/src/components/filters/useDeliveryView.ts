import { useUrlState } from '@fawkes/kit-ui/filters';
import { useCallback, useMemo } from 'react';
import {
  DEFAULT_PARAMS,
  keepRolling,
  paramsOf,
  paramsSchema,
  viewOf,
  type DeliveryView,
} from './deliveryView';

/** @public */
export interface DeliveryViewState {
  view: DeliveryView;
  /** Changes some of it; `replace` leaves no step in the history. */
  change: (
    patch: Partial<DeliveryView>,
    options?: { replace?: boolean },
  ) => void;
}

/**
 * The view of a page. The address rules; an address that says nothing gets
 * what the person chose last time, remembered under `storageKey`.
 * @public
 */
export function useDeliveryView(storageKey: string): DeliveryViewState {
  const state = useUrlState(paramsSchema, DEFAULT_PARAMS, {
    bucket: 'delivery.view',
    key: storageKey,
    keep: keepRolling,
  });
  const view = useMemo(() => viewOf(state.params), [state.params]);
  const { setParams } = state;
  const change = useCallback<DeliveryViewState['change']>(
    (patch, options) => setParams(paramsOf({ ...view, ...patch }), options),
    [view, setParams],
  );
  return { view, change };
}
