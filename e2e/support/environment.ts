import people from '../../packages/backend/src/auth/people.json';

/** Where the portal is. */
export const portalUrl = process.env.PLAYWRIGHT_URL ?? 'http://localhost:7007';

/** Where its API is: the built app is served by the backend, a development server is not. */
export const apiUrl = process.env.PLAYWRIGHT_API_URL ?? portalUrl;

/** Whether the app is what a developer has, and not what is delivered. */
export const isDevelopmentServer = apiUrl !== portalUrl;

/** The token of `scripts/story.mjs`, see `backend.auth.externalAccess` in app-config.yaml. */
export const storyToken = 'fawkes-development-only-story-token';

/** What the portal under test checks GitHub's signatures with. */
export const githubSecret =
  process.env.GITHUB_WEBHOOK_SECRET ?? 'fawkes-e2e-github-webhook-secret';

export type PersonName =
  | 'mira'
  | 'jonas'
  | 'ivana'
  | 'adaeze'
  | 'tomas'
  | 'beatriz'
  | 'priya'
  | 'lena'
  | 'samuel';

/** A sample person by first name. */
export function person(name: PersonName) {
  const found = people.find(({ ref }) =>
    ref.startsWith(`user:default/${name}.`),
  );
  if (!found) throw new Error(`There is no sample person called ${name}`);
  return found;
}
