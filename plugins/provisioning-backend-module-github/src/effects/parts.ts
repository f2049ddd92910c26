import type {
  EffectContext,
  EffectResult,
} from '@fawkes/backstage-plugin-provisioning-node';
import type { Seen } from '../api/bring';
import type { GithubApi } from '../api/githubApi';
import type { Place } from '../api/look';
import type { Protection } from '../config';

/** What an effect is made with. */
export interface Parts {
  api: GithubApi;
  place: Place;
  context: EffectContext;
  /** What main is protected against; undefined where the operator leaves that to others. */
  protection: Protection | undefined;
}

/** Looks at an effect. Remembers between looks what this attempt did itself. */
export type Look = () => Promise<Seen>;

/** How an effect ends well. */
export function done(
  result: Omit<Extract<EffectResult, { state: 'done' }>, 'state'> = {},
): Seen {
  return { result: { state: 'done', ...result } };
}
