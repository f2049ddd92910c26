import type { EffectRequest } from '../driver';

/** Whether a request's repository, and with it all the rest, is on this computer. */
export function isLocal({ spec }: EffectRequest): boolean {
  return spec.repository.host === 'local';
}
