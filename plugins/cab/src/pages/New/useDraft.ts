import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { draftOf, EMPTY_DRAFT, type Draft } from '../../components/plan';

/** A form that survives a reload, until it was sent. One for each entity. */
export function useDraft(entityRef: string) {
  const storageApi = useApi(storageApiRef);
  const storage = useMemo(
    () => storageApi.forBucket('cab.drafts'),
    [storageApi],
  );
  const [draft, setDraft] = useState(
    () => draftOf(storage.snapshot(entityRef).value) ?? EMPTY_DRAFT,
  );
  const touched = useRef(false);

  useEffect(() => {
    // A storage that answers late does not write over what is typed meanwhile.
    const subscription = storage.observe$(entityRef).subscribe(({ value }) => {
      const kept = draftOf(value);
      if (!touched.current && kept) setDraft(kept);
    });
    return () => subscription.unsubscribe();
  }, [storage, entityRef]);

  const change = useCallback(
    (patch: Partial<Draft>) => {
      touched.current = true;
      setDraft(now => {
        const next = { ...now, ...patch };
        storage.set(entityRef, { ...next });
        return next;
      });
    },
    [storage, entityRef],
  );
  const forget = useCallback(() => {
    touched.current = true;
    setDraft(EMPTY_DRAFT);
    storage.remove(entityRef);
  }, [storage, entityRef]);
  return { draft, change, forget, isEmpty: isEmpty(draft) };
}

function isEmpty(draft: Draft): boolean {
  return (Object.keys(EMPTY_DRAFT) as Array<keyof Draft>).every(
    key => draft[key] === EMPTY_DRAFT[key],
  );
}
