import type {
  DojoRoutes,
  Revocation,
} from '@fawkes/backstage-plugin-dojo-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { Handlers } from '@fawkes/kit-backend/http';
import {
  readAttempt,
  saveAttempt,
  startAttempt,
  submitAttempt,
} from '../learn/attempts';
import { readBelt } from '../belts/view';
import type { CertificateDeps } from '../certificates/deps';
import { certificateFile } from '../certificates/files';
import {
  confirmRevocation,
  listRevocations,
  proposeRevocation,
} from '../certificates/revoke';
import type { LearnDeps } from '../learn/deps';
import { changeChoices } from '../people/choices';
import { askErasure, cancelErasure } from '../people/erase';
import { exportMine, readMine } from '../people/mine';
import { lookAtTeam } from '../teams/look';
import { readTeams } from '../teams/read';
import { iso } from '../learn/iso';
import { readTexts } from '../learn/texts';
import { noteLesson } from '../learn/lessons';
import {
  checkRun,
  readRun,
  startRun,
  visitStep,
  type Doer,
} from '../learn/runs';
import {
  readDojo,
  readExamLab,
  readLab,
  readLesson,
  readModule,
} from '../learn/views';

/** What each route does. */
export function dojoHandlers(
  deps: LearnDeps & CertificateDeps,
): Handlers<DojoRoutes> {
  return {
    getCertificateFile: ({ viewer, params, query }) =>
      certificateFile(viewer.person(), { ...params, ...query }, deps),
    listRevocations: async ({ viewer }) => ({
      items: (await listRevocations(viewer.person(), deps)).map(row =>
        toRevocation(row, viewer.person()),
      ),
    }),
    proposeRevocation: async ({ viewer, body, note }) => {
      const { id } = await proposeRevocation(viewer.person(), body, deps);
      note({ revocation: id });
      return { id };
    },
    confirmRevocation: async ({ viewer, params }) => {
      await confirmRevocation(viewer.person(), params.revocation, deps);
    },
    getMine: ({ viewer }) => readMine(viewer.person(), deps),
    exportMine: ({ viewer }) => exportMine(viewer.person(), deps),
    changeChoices: ({ viewer, body }) =>
      changeChoices(viewer.person(), body, deps),
    askErasure: ({ viewer, body }) =>
      askErasure(viewer.person(), body.keep, deps),
    cancelErasure: ({ viewer }) => cancelErasure(viewer.person(), deps),
    listTexts: async () => ({ items: await readTexts(deps.library) }),
    getTeams: ({ viewer }) => readTeams(viewer, deps),
    lookAtTeam: ({ viewer, body, note }) => {
      note({ group: body.group });
      return lookAtTeam(viewer, body.group, deps);
    },
    getDojo: ({ viewer }) => readDojo(viewer.userRef, deps),
    getModule: ({ viewer, params }) =>
      readModule(viewer.userRef, params.module, deps),
    getBelt: ({ viewer, params }) =>
      readBelt(viewer.userRef, params.belt, deps),
    getExamLab: ({ viewer, params }) => readExamLab(viewer, params, deps),
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
    getLab: ({ viewer, params }) => readLab(viewer, params, deps),
    startRun: async ({ viewer, body, note }) => {
      const run = await startRun(doer(viewer), body, deps);
      note({ run: run.id });
      return run;
    },
    getRun: ({ viewer, params }) => readRun(viewer.person(), params.run, deps),
    checkRun: ({ viewer, params, body }) =>
      checkRun(doer(viewer), params.run, body.answers, deps),
    visitStep: ({ viewer, params, body }) =>
      visitStep(doer(viewer), params.run, body.step, deps),
  };
}

/** The person who asks; facts are looked at with their own eyes. */
function doer(viewer: Viewer): Doer {
  return { userRef: viewer.person(), credentials: viewer.credentials };
}

function toRevocation(
  row: Awaited<ReturnType<typeof listRevocations>>[number],
  caller: string,
): Revocation {
  return {
    id: row.id,
    belt: row.belt,
    awardedAt: iso(row.awarded_at),
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: iso(row.proposed_at),
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at === null ? null : iso(row.confirmed_at),
    mayConfirm:
      row.confirmed_at === null &&
      row.proposed_by.toLowerCase() !== caller.toLowerCase(),
  };
}
