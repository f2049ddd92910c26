import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The dojo, `/dojo` unless configured otherwise. @public */
export const rootRouteRef = createRouteRef({ id: 'dojo' });

/** A module, by its slug. @public */
export const moduleRouteRef = createSubRouteRef({
  id: 'dojo-module',
  parent: rootRouteRef,
  path: '/modules/:module',
});

/** A lesson of a module, by its name. @public */
export const lessonRouteRef = createSubRouteRef({
  id: 'dojo-lesson',
  parent: rootRouteRef,
  path: '/modules/:module/lessons/:lesson',
});

/** A lab of a module, by its slug. @public */
export const labRouteRef = createSubRouteRef({
  id: 'dojo-lab',
  parent: rootRouteRef,
  path: '/modules/:module/labs/:lab',
});

/** A belt, by its slug. @public */
export const beltRouteRef = createSubRouteRef({
  id: 'dojo-belt',
  parent: rootRouteRef,
  path: '/belts/:belt',
});

/** The exam of a belt. @public */
export const examRouteRef = createSubRouteRef({
  id: 'dojo-exam',
  parent: rootRouteRef,
  path: '/belts/:belt/exam',
});

/** A lab of an exam, by its slug. @public */
export const examLabRouteRef = createSubRouteRef({
  id: 'dojo-exam-lab',
  parent: rootRouteRef,
  path: '/belts/:belt/labs/:lab',
});

/** What is known about the person. @public */
export const mineRouteRef = createSubRouteRef({
  id: 'dojo-mine',
  parent: rootRouteRef,
  path: '/mine',
});

/** Teams of the person. @public */
export const teamsRouteRef = createSubRouteRef({
  id: 'dojo-teams',
  parent: rootRouteRef,
  path: '/teams',
});

/** Taking awards back. @public */
export const revocationsRouteRef = createSubRouteRef({
  id: 'dojo-revocations',
  parent: rootRouteRef,
  path: '/revocations',
});

/** A quiz of a module, by its slug. @public */
export const quizRouteRef = createSubRouteRef({
  id: 'dojo-quiz',
  parent: rootRouteRef,
  path: '/modules/:module/quizzes/:quiz',
});
