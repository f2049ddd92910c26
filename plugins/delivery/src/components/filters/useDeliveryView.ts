import { useCallback, useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';
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
  const navigate = useNavigate();
  const { hash } = useLocation();
  const [search, setSearch] = useSearchParams();
  const said = hasView(search);
  const [memory, setMemory] = useState(() =>
    storage.snapshot<string>(storageKey),
  );

  useEffect(() => {
    // Storage on a server answers later than the first render.
    const subscription = storage
      .observe$<string>(storageKey)
      .subscribe(setMemory);
    return () => subscription.unsubscribe();
  }, [storage, storageKey]);

  const remembered = memory.value ?? '';
  const source = useMemo(
    () => (said ? search : new URLSearchParams(remembered)),
    [said, search, remembered],
  );
  const view = useMemo(() => parseView(source), [source]);

  // The address always says what is shown: then it can be copied as it is, and
  // going back leads to the view before instead of the one remembered.
  const isSettled = memory.presence !== 'unknown';
  useEffect(() => {
    if (said || !isSettled) return;
    // Unlike setSearch this keeps the place on the page (#…).
    navigate(
      { search: `?${writeView(search, view)}`, hash },
      { replace: true },
    );
  }, [said, isSettled, search, hash, view, navigate]);

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
