import { useEffect, useState } from 'react';
import { EMPTY_DRAFT, type Draft } from './draft';
import { forgetDraft, isSame, keepDraft, readDraft } from './keptDraft';

/**
 * A form that survives a reload of the page, until it was sent.
 *
 * @param person - ref of who fills it in; somebody else in the same tab begins with an empty one
 * @param given - what the address of the page asks for; it beats what was kept
 */
export function useKeptDraft(person: string, given: Partial<Draft>) {
  const [start] = useState<Draft>({ ...EMPTY_DRAFT, ...given });
  const [kept] = useState(() => readDraft(person));
  const [draft, setDraft] = useState<Draft>({ ...start, ...kept, ...given });
  const [isKept, setIsKept] = useState(kept !== undefined);
  const [begun, setBegun] = useState(0);

  useEffect(() => {
    if (isSame(draft, start)) forgetDraft(person);
    else keepDraft(person, draft);
  }, [person, draft, start]);

  return {
    draft,
    /** It begins with what was filled in before. */
    isKept,
    change: (patch: Partial<Draft>) => setDraft(now => ({ ...now, ...patch })),
    /** It was sent: the next one begins empty. */
    sent: () => forgetDraft(person),
    /** How often it was begun anew: what a form remembers beside its fields ends with that. */
    begun,
    startAnew: () => {
      setDraft(start);
      setIsKept(false);
      setBegun(now => now + 1);
    },
  };
}
