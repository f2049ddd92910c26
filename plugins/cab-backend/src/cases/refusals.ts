import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  say,
  type CabWordArgs,
  type CabWordCode,
} from '@fawkes/backstage-plugin-cab-common';
import { saidError, wordsOfError, type Said } from '@fawkes/kit-contract';

/** A refusal as the words somebody is told before they try; null for none. */
export function wordsOfRefusal(error: Error | undefined): Said | null {
  const words = error && wordsOfError(error);
  return words ? { ...words, text: error.message } : null;
}

/** 403: it is not yours. */
export function notAllowed<C extends CabWordCode>(
  code: C,
  ...params: CabWordArgs<C>
) {
  return saidError(NotAllowedError, say(code, ...params));
}

/** 409: something is in the way. */
export function conflict<C extends CabWordCode>(
  code: C,
  ...params: CabWordArgs<C>
) {
  return saidError(ConflictError, say(code, ...params));
}

/** 400: something is missing. */
export function missing<C extends CabWordCode>(
  code: C,
  ...params: CabWordArgs<C>
) {
  return saidError(InputError, say(code, ...params));
}

/** 404: it is not there, or not to be seen. */
export function notFound<C extends CabWordCode>(
  code: C,
  ...params: CabWordArgs<C>
) {
  return saidError(NotFoundError, say(code, ...params));
}
