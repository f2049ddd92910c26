import { useCallback, useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useSearchParams } from 'react-router-dom';
import {
  hasView,
  parseView,
  writeView,
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
  const storageApi = useApi(storageApiRef);
  const storage = useMemo(
    () => storageApi.forBucket('delivery.view'),
    [storageApi],
  );
  const [search, setSearch] = useSearchParams();
  const said = hasView(search);
  const [remembered, setRemembered] = useState(
    () => storage.snapshot<string>(storageKey).value,
  );

  useEffect(() => {
    // Storage on a server answers later than the first render.
    const subscription = storage
      .observe$<string>(storageKey)
      .subscribe(({ value }) => setRemembered(value));
    return () => subscription.unsubscribe();
  }, [storage, storageKey]);

  const source = useMemo(
    () => (said ? search : new URLSearchParams(remembered ?? '')),
    [said, search, remembered],
  );
  const view = useMemo(() => parseView(source), [source]);

  useEffect(() => {
    if (!said && remembered) {
      setSearch(current => writeView(current, view), { replace: true });
    }
  }, [said, remembered, view, setSearch]);

  const change = useCallback<DeliveryViewState['change']>(
    (patch, options) => {
      const next = { ...view, ...patch };
      setSearch(current => writeView(current, next), options);
      storage.set(
        storageKey,
        writeView(new URLSearchParams(), next).toString(),
      );
    },
    [view, setSearch, storage, storageKey],
  );
  return { view, change };
}
