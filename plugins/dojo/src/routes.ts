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

/** A quiz of a module, by its slug. @public */
export const quizRouteRef = createSubRouteRef({
  id: 'dojo-quiz',
  parent: rootRouteRef,
  path: '/modules/:module/quizzes/:quiz',
});
