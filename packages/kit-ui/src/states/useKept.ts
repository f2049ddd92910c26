import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';

/** What {@link useKept} keeps. @public */
export interface Kept {
  /** The id that was kept; `undefined` while none is, or storage is silent. */
  id: string | undefined;
  /** Remembers this one instead. */
  keep: (id: string) => void;
  /** It is over. */
  forget: () => void;
}

/**
 * Keeps the id of something that was started, so that a page which is opened
 * anew goes on watching it. Only the id is kept: how far it has come is asked
 * of the backend, which knows.
 *
 * @param bucket - a bucket of the app's storage, e.g. `family.runs`
 * @param key - what was started, e.g. the ref of an entity
 * @public
 */
export function useKept(bucket: string, key: string): Kept {
  const storageApi = useApi(storageApiRef);
  const storage = useMemo(
    () => storageApi.forBucket(bucket),
    [storageApi, bucket],
  );
  const [at, setAt] = useState(() => ({
    key,
    seen: storage.snapshot<string>(key),
  }));

  useEffect(() => {
    setAt({ key, seen: storage.snapshot<string>(key) });
    const subscription = storage
      .observe$<string>(key)
      .subscribe(seen => setAt({ key, seen }));
    return () => subscription.unsubscribe();
  }, [storage, key]);

  const keep = useCallback(
    (id: string) => {
      storage.set(key, id);
    },
    [storage, key],
  );
  const forget = useCallback(() => {
    storage.remove(key);
  }, [storage, key]);
  // What another key kept is not this one's, not even for a moment.
  return { id: at.key === key ? at.seen.value : undefined, keep, forget };
}
