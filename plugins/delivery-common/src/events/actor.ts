import { textUpTo, toEntityRef } from '@fawkes/kit-contract';

/** Longest reference of a user: kind, namespace and name with 63 characters each. */
const MAX_USER = 191;
/** Longest actor: a host with its port, and a login. */
const MAX_ACTOR = 255;

const USER = /^user:(?:[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/i;
const isUser = (text: string) => text.length <= MAX_USER && USER.test(text);
/** Logins are ASCII on the hosts there are, so that one has one spelling in lower case. */
const LOGIN = /^[a-z0-9][a-z0-9.-]{0,120}(?::\d{1,5})?\/[!-.0-~]{1,100}$/i;

/** The catalog's reference of a person, e.g. `user:default/jane`. */
export const userRefSchema = textUpTo(MAX_USER)
  .regex(USER, 'must be the reference of a user, e.g. user:default/jane')
  .transform(text => toEntityRef(text, 'user'));

/**
 * Whoever set something going: a user of the catalog, or a login with the host
 * it is one of. The two are not the same person until the catalog says so.
 */
export const actorSchema = textUpTo(MAX_ACTOR)
  .refine(
    text => isUser(text) || (LOGIN.test(text) && !USER.test(text)),
    'must be the reference of a user (user:default/jane) or a login with its host (github.com/jane)',
  )
  .transform(text =>
    isUser(text) ? toEntityRef(text, 'user') : text.toLowerCase(),
  );
