import { dojoPermissions, dojoRoutes, dojoWords, sayDojo } from '.';

it('speaks by code', () => {
  expect(sayDojo('quiz.corrective', { count: 1 }).text).toMatch(
    /^Open the lesson again/,
  );
  expect(sayDojo('quiz.corrective', { count: 3 }).text).toMatch(
    /^Open the 3 lessons/,
  );
  expect(dojoWords.knows({ code: 'attempt.closed', params: {} })).toBe(true);
});

it('needs a permission of its own for every route', () => {
  const names = new Set(dojoPermissions.map(({ name }) => name));
  for (const route of Object.values(dojoRoutes)) {
    expect(route.needs.every(({ name }) => names.has(name))).toBe(true);
  }
});
