import { useApi } from '@backstage/frontend-plugin-api';
import type { Attempt } from '@fawkes/backstage-plugin-dojo-common';
import { useMutation, useQuery, useQueryClient } from '@fawkes/kit-ui/query';
import { dojoApiRef } from '../api';

const KEY = 'dojo';

/** Belts, modules and what comes next. */
export function useDojo() {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'dojo'],
    queryFn: ({ signal }) => api.getDojo({}, { signal }),
  });
}

/** A module with its parts. */
export function useModule(module: string) {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'module', module],
    queryFn: ({ signal }) => api.getModule({ module }, { signal }),
  });
}

/** A lesson to read. */
export function useLesson(module: string, lesson: string) {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'lesson', module, lesson],
    queryFn: ({ signal }) => api.getLesson({ module, lesson }, { signal }),
  });
}

/** Notes that a lesson was opened, or read to its end. */
export function useNoteLesson(what: 'opened' | 'finished') {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { module: string; lesson: string }) =>
      what === 'opened' ? api.openLesson({ body }) : api.finishLesson({ body }),
    onSuccess: () => {
      client.invalidateQueries({
        queryKey: [KEY],
        // The text on the screen is the same as before.
        predicate: ({ queryKey }) => queryKey[1] !== 'lesson',
      });
    },
  });
}

/** An attempt of the person; asked for as long as there is an id. */
export function useAttempt(id: string | undefined) {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'attempt', id],
    queryFn: ({ signal }) => api.getAttempt({ attempt: id! }, { signal }),
    enabled: id !== undefined,
  });
}

/** Begins an attempt, or goes on with the open one. */
export function useStartAttempt() {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (quiz: string) => api.startAttempt({ body: { quiz } }),
    onSuccess: attempt => keep(client, attempt),
  });
}

/** Hands an attempt in. */
export function useSubmitAttempt(id: string) {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { seq: number; answers: Attempt['answers'] }) =>
      api.submitAttempt({ attempt: id, body }),
    onSuccess: attempt => keep(client, attempt),
  });
}

async function keep(
  client: ReturnType<typeof useQueryClient>,
  attempt: Attempt,
): Promise<void> {
  client.setQueryData([KEY, 'attempt', attempt.id], attempt);
  await client.invalidateQueries({
    queryKey: [KEY],
    predicate: ({ queryKey }) =>
      ['dojo', 'module'].includes(String(queryKey[1])),
  });
}
