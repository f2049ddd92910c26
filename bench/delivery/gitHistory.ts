import type { Claim } from '@fawkes/backstage-plugin-delivery-common';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import { commitClaim } from '../../plugins/delivery-backend-module-git/src/commitClaim';
import { Random } from '../lib/random';

/** Claims per transaction, as the git source sends them. */
const BATCH = 1_000;

/**
 * A source whose backfill tells commits as the git source does: newest first,
 * one in four a merge, a thousand per transaction. Git's own time is left out.
 */
export function gitHistory(now: () => number): {
  source: DeliverySource;
  plan(commits: number, repository: string): void;
} {
  let planned = { commits: 0, repository: '' };
  return {
    plan: (commits, repository) => {
      planned = { commits, repository };
    },
    source: {
      id: 'history',
      title: 'History of the benchmark',
      map: () => ({ outcome: 'ignored', reason: 'It is pulled' }),
      backfill: async ({ commit }) => {
        const { commits, repository } = planned;
        const random = new Random(7, commits);
        let batch: Claim[] = [];
        let [sha, parent, grandparent] = [1, 2, 3].map(() => random.sha());
        for (let told = 0; told < commits; told++) {
          const seconds = Math.floor(now() / 1000) - told * 60;
          batch.push(
            commitClaim(
              {
                sha,
                parents: told % 4 === 0 ? [parent, grandparent] : [parent],
                authored: seconds - 300,
                committed: seconds,
                email: 'somebody@example.com',
                title: `Say what is meant, ${told}`,
              },
              repository,
              now(),
            ),
          );
          [sha, parent, grandparent] = [parent, grandparent, random.sha()];
          if (batch.length === BATCH || told === commits - 1) {
            await commit(batch, { told });
            batch = [];
          }
        }
      },
    },
  };
}
