import type { EffectResult } from '@fawkes/backstage-plugin-provisioning-node';
import { say } from '../words';
import { LostWrite, Outage } from './endings';
import type { GithubApi } from './githubApi';

/**
 * What was seen of an effect: how it ended, or the one next thing to do, after
 * which one looks again. A step that is wrong by now (somebody was faster) does
 * nothing, and the look says so.
 */
export type Seen =
  | { result: Exclude<EffectResult, { state: 'unknown' }> }
  | { next: () => Promise<void> };

/** How often somebody else may change things in between. */
const MOST_TURNS = 12;
/** How often an answer may get lost. */
const MOST_LOST = 3;

/**
 * Looks and does, until there is nothing to do. Run twice, the second time does
 * nothing; run after a crash, it goes on where it was; and after an answer that
 * got lost it looks before it does anything.
 *
 * @throws LostWrite, Outage, Ending, and what the caller's lease throws
 */
export async function bring(
  api: GithubApi,
  look: () => Promise<Seen>,
  mostTurns = MOST_TURNS,
): Promise<EffectResult> {
  let lost = 0;
  for (let turn = 0; turn < mostTurns; turn++) {
    try {
      const seen = await look();
      api.lost = false;
      if ('result' in seen) return seen.result;
      await seen.next();
    } catch (error) {
      if (!(error instanceof LostWrite)) throw error;
      api.lost = true;
      if (++lost === MOST_LOST) throw error;
      await api.pause(1_000 * 2 ** lost, () => error.reason);
    }
  }
  const { server } = api.connection;
  throw new Outage(say('github.restless', { server }));
}
