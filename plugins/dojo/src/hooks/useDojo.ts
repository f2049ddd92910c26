import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Attempt,
  Lab,
  LabRun,
} from '@fawkes/backstage-plugin-dojo-common';
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

/** A belt with its exam, and what is left for the person. */
export function useBelt(belt: string) {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'belt', belt],
    queryFn: ({ signal }) => api.getBelt({ belt }, { signal }),
  });
}

/** What a lab is of: a module, or the exam of a belt. */
export type LabPlace = { module: string } | { belt: string };

/** A lab with its task, and the person's own last run. */
export function useLab(place: LabPlace, lab: string) {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: labKey(place, lab),
    queryFn: ({ signal }) =>
      'module' in place
        ? api.getLab({ ...place, lab }, { signal })
        : api.getExamLab({ ...place, lab }, { signal }),
  });
}

function labKey(place: LabPlace, lab: string) {
  return [KEY, 'lab', JSON.stringify(place), lab];
}

function keyOf({ module, belt, slug }: Lab) {
  return labKey(
    module ? { module: module.slug } : { belt: belt?.slug ?? '' },
    slug,
  );
}

/** Begins a run of a lab; `true` puts a new one in the place of the one that goes on. */
export function useStartRun(lab: Lab) {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (restart: boolean) =>
      api.startRun({ body: { lab: lab.id, restart } }),
    onSuccess: run => keepRun(client, lab, run),
  });
}

/** Has the steps of a run looked at now. */
export function useCheckRun(lab: Lab, run: LabRun) {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answers: Array<{ step: string; text: string }>) =>
      api.checkRun({ run: run.id, body: { answers } }),
    onSuccess: after => keepRun(client, lab, after),
    // Something was away; what passed beside it is kept all the same.
    onError: () => client.invalidateQueries({ queryKey: keyOf(lab) }),
  });
}

/**
 * Notes that the page of a step was opened.
 *
 * @param onNoted - what follows, before the run shows it: the step is done then, and
 *   what asked for it is gone
 */
export function useVisitStep(lab: Lab, run: LabRun, onNoted: () => void) {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: string) =>
      api.visitStep({ run: run.id, body: { step } }),
    onSuccess: after => {
      onNoted();
      return keepRun(client, lab, after);
    },
  });
}

/** Puts a run on the screen; standings of lab and module are asked for again. */
async function keepRun(
  client: ReturnType<typeof useQueryClient>,
  lab: Lab,
  run: LabRun,
): Promise<void> {
  client.setQueryData<Lab>(keyOf(lab), known => known && { ...known, run });
  await client.invalidateQueries({
    queryKey: [KEY],
    predicate: ({ queryKey }) =>
      ['dojo', 'module', 'lab', 'belt'].includes(String(queryKey[1])),
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
      ['dojo', 'module', 'belt'].includes(String(queryKey[1])),
  });
}
