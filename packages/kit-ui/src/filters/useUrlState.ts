import { useCallback, useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import type { z } from 'zod';
import {
  hasUrlParams,
  readUrlParams,
  writeUrlParams,
  type UrlDefaults,
  type UrlParams,
  type UrlShape,
} from './urlParams';

/** Where the last choice of a person is remembered. @public */
export interface UrlMemory<S extends UrlShape = UrlShape> {
  /** A bucket of the app's storage, e.g. `family.view`. */
  bucket: string;
  /** The page, e.g. `overview`. */
  key: string;
  /**
   * What of a choice is good for another day, given what was remembered before;
   * all of it where left out. Its identity has to be stable.
   */
  keep?: (next: UrlParams<S>, before: UrlParams<S>) => UrlParams<S>;
}

/** What {@link useUrlState} answers. @public */
export interface UrlState<S extends UrlShape> {
  /** What the address says, or the person chose last. */
  params: UrlParams<S>;
  /** Changes some of it; `replace` leaves no step in the history. */
  setParams: (
    patch: Partial<UrlParams<S>>,
    options?: { replace?: boolean },
  ) => void;
}

/**
 * What a person chose to look at, kept in the address. The address rules; one
 * that says nothing gets what the person chose last time.
 *
 * @param schema - one field per parameter; its identity has to be stable
 * @param defaults - what is shown where the address is silent; stable too
 * @public
 */
export function useUrlState<S extends UrlShape>(
  schema: z.ZodObject<S>,
  defaults: UrlDefaults<S>,
  { bucket, key, keep }: UrlMemory<S>,
): UrlState<S> {
  const storageApi = useApi(storageApiRef);
  const storage = useMemo(
    () => storageApi.forBucket(bucket),
    [storageApi, bucket],
  );
  const navigate = useNavigate();
  const { hash } = useLocation();
  const [search, setSearch] = useSearchParams();
  const said = hasUrlParams(search, schema);
  const [memory, setMemory] = useState(() => storage.snapshot<string>(key));

  useEffect(() => {
    // Storage on a server answers later than the first render.
    const subscription = storage.observe$<string>(key).subscribe(setMemory);
    return () => subscription.unsubscribe();
  }, [storage, key]);

  const remembered = memory.value ?? '';
  const source = useMemo(
    () => (said ? search : new URLSearchParams(remembered)),
    [said, search, remembered],
  );
  const params = useMemo(
    () => readUrlParams(source, schema, defaults),
    [source, schema, defaults],
  );

  // The address always says what is shown: then it can be copied as it is, and
  // going back leads to the view before instead of the one remembered.
  const isSettled = memory.presence !== 'unknown';
  useEffect(() => {
    if (said || !isSettled) return;
    const next = writeUrlParams(search, schema, defaults, params);
    // Unlike setSearch this keeps the place on the page (#…).
    navigate({ search: `?${next}`, hash }, { replace: true });
  }, [said, isSettled, search, hash, schema, defaults, params, navigate]);

  const setParams = useCallback<UrlState<S>['setParams']>(
    (patch, options) => {
      const next = { ...params, ...patch };
      setSearch(
        current => writeUrlParams(current, schema, defaults, next),
        options,
      );
      const before = new URLSearchParams(remembered);
      const kept =
        keep?.(next, readUrlParams(before, schema, defaults)) ?? next;
      storage.set(
        key,
        writeUrlParams(
          new URLSearchParams(),
          schema,
          defaults,
          kept,
        ).toString(),
      );
    },
    [params, setSearch, remembered, keep, storage, key, schema, defaults],
  );
  return { params, setParams };
}
