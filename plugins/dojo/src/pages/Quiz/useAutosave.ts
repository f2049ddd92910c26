import { useApi } from '@backstage/frontend-plugin-api';
import type { Answer, Attempt } from '@fawkes/backstage-plugin-dojo-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { dojoApiRef } from '../../api';

const PAUSE_MS = 700;

/** How it stands with what was answered. */
export type SaveState = 'nothing' | 'saving' | 'saved' | 'failed';

/**
 * Keeps answers, and saves them shortly after the last change: one save at a
 * time, each with a higher number, so that none that is late undoes another.
 */
export function useAutosave(attempt: Attempt) {
  const api = useApi(dojoApiRef);
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(
    () => new Map(attempt.answers.map(({ item, answer }) => [item, answer])),
  );
  const [state, setState] = useState<SaveState>(
    attempt.savedAt ? 'saved' : 'nothing',
  );
  const [savedAt, setSavedAt] = useState(attempt.savedAt);
  const [readAs, setReadAs] = useState(attempt.readAs);
  const [error, setError] = useState<unknown>();
  const latest = useRef(answers);
  const saved = useRef(answers);
  const seq = useRef(attempt.seq);
  const running = useRef<Promise<void>>();
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    await running.current;
    if (saved.current === latest.current) return;
    const now = latest.current;
    const work = async () => {
      setState('saving');
      seq.current += 1;
      try {
        const said = await api.saveAttempt({
          attempt: attempt.id,
          body: { seq: seq.current, answers: asList(now) },
        });
        saved.current = now;
        setSavedAt(said.savedAt);
        setReadAs(said.readAs);
        setError(undefined);
        setState('saved');
      } catch (failure) {
        setError(failure);
        setState('failed');
      }
    };
    running.current = work();
    await running.current;
  }, [api, attempt.id]);

  const answer = useCallback(
    (item: string, given: Answer | undefined) => {
      const next = new Map(latest.current);
      if (given) next.set(item, given);
      else next.delete(item);
      latest.current = next;
      setAnswers(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(save, PAUSE_MS);
    },
    [save],
  );

  // What was answered just before somebody leaves is saved as well.
  useEffect(() => () => void save(), [save]);

  const forSubmit = useCallback(async () => {
    clearTimeout(timer.current);
    await running.current;
    seq.current += 1;
    // They go along with it; whoever leaves then has nothing to save.
    saved.current = latest.current;
    return { seq: seq.current, answers: asList(latest.current) };
  }, []);

  /** What was to be handed in was not. */
  const takeBack = useCallback(() => {
    saved.current = new Map();
  }, []);

  return {
    answers,
    answer,
    state,
    savedAt,
    readAs,
    error,
    save,
    forSubmit,
    takeBack,
  };
}

function asList(answers: ReadonlyMap<string, Answer>): Attempt['answers'] {
  return [...answers].map(([item, answer]) => ({ item, answer }));
}
