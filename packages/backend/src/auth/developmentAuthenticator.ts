import { AuthenticationError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  type SignInResolver,
} from '@backstage/plugin-auth-node';
import { findPerson, type SamplePerson } from './samplePeople';

/** Request header in which the sign-in page sends the chosen person's entity reference. */
export const PERSON_HEADER = 'x-fawkes-dev-person';

/**
 * Takes the chosen person from a request header at `/api/auth/fawkes-dev/refresh`, the way an
 * authenticating proxy would send it. The choice itself is remembered by the browser, so that a
 * reload signs in again as the same person.
 */
export const developmentAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (person: SamplePerson) => ({
    profile: { displayName: person.name },
  }),
  initialize() {},
  async authenticate({ req }) {
    const ref = req.header(PERSON_HEADER);
    if (!ref) {
      throw new AuthenticationError(
        `Choose a person on the sign-in page (no ${PERSON_HEADER} header in the request)`,
      );
    }
    const person = findPerson(ref);
    if (!person) {
      throw new AuthenticationError(
        `'${ref}' is not one of the sample people in packages/backend/src/auth/people.json`,
      );
    }
    return { result: person };
  },
});

/** Signs the person in with the groups the catalog knows them in. */
export const samplePersonResolver: SignInResolver<SamplePerson> = (
  { result: person },
  context,
) => context.signInWithCatalogUser({ entityRef: person.ref });
