import type { DojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import type { Handlers } from '@fawkes/kit-backend/http';
import {
  readAttempt,
  saveAttempt,
  startAttempt,
  submitAttempt,
} from '../learn/attempts';
import type { LearnDeps } from '../learn/deps';
import { noteLesson } from '../learn/lessons';
import { readDojo, readLesson, readModule } from '../learn/views';

/** What each route does. */
export function dojoHandlers(deps: LearnDeps): Handlers<DojoRoutes> {
  return {
    getDojo: ({ viewer }) => readDojo(viewer.userRef, deps),
    getModule: ({ viewer, params }) =>
      readModule(viewer.userRef, params.module, deps),
    getLesson: ({ viewer, params }) => readLesson(viewer.userRef, params, deps),
    openLesson: ({ viewer, body }) =>
      noteLesson(viewer.person(), body, false, deps),
    finishLesson: ({ viewer, body }) =>
      noteLesson(viewer.person(), body, true, deps),
    startAttempt: async ({ viewer, body, note }) => {
      const attempt = await startAttempt(viewer.person(), body.quiz, deps);
      note({ attempt: attempt.id });
      return attempt;
    },
    getAttempt: ({ viewer, params }) =>
      readAttempt(viewer.person(), params.attempt, deps),
    saveAttempt: ({ viewer, params, body }) =>
      saveAttempt(viewer.person(), params.attempt, body, deps),
    submitAttempt: ({ viewer, params, body }) =>
      submitAttempt(viewer.person(), params.attempt, body, deps),
  };
}
