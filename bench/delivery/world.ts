import { Random } from '../lib/random';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** The clock of the benchmark: all history lies before it. */
export const NOW = Date.parse('2026-06-30T12:00:00Z');
const YEARS = 3;
export const BEGIN = NOW - YEARS * 365 * DAY_MS;

/** What the figures of a data set are at scale 1. */
export const FULL = { deployments: 1_000_000, services: 2_000, teams: 200 };

/** One service as it is planned, before any of its history. */
export interface ServicePlan {
  index: number;
  ref: string;
  repository: string;
  team: string;
  /** Its deployments name it; else they are found by their repository. */
  named: boolean;
  /** Deployments in the three years. */
  deployments: number;
}

/** A group of services whose history is made (and told) together. */
export interface StoryPlan {
  seed: number[];
  /** Two services share a repository here and there; usually it is one. */
  services: ServicePlan[];
  deployments: number;
}

export interface World {
  seed: number;
  scale: number;
  services: ServicePlan[];
  stories: StoryPlan[];
  teams: string[];
}

/** One pair of services per so many shares a repository, and so its deployments. */
const PAIR_EVERY = 100;

/**
 * Plans an organisation. Services are as unequal as real ones: their weights
 * follow a flattened Zipf law, (rank + 5)^−0.7, which gives the busiest of
 * 2,000 about ten deployments a day and the quietest one a week.
 */
export function planWorld(scale: number, seed: number): World {
  const random = new Random(seed, 1);
  const count = Math.max(6, Math.round(FULL.services * scale));
  const teams = Array.from(
    { length: Math.max(2, Math.round(FULL.teams * scale)) },
    (_, index) => `group:default/team-${String(index).padStart(3, '0')}`,
  );
  const weights = Array.from({ length: count }, (_, i) => (i + 6) ** -0.7);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const services = weights.map((weight, index): ServicePlan => {
    const name = `svc-${String(index).padStart(4, '0')}`;
    return {
      index,
      ref: `component:default/${name}`,
      repository: `github.com/acme/${name}`,
      team: random.pick(teams),
      named: index % 10 < 7,
      deployments: Math.max(
        3,
        Math.round((FULL.deployments * scale * weight) / total),
      ),
    };
  });
  const stories: StoryPlan[] = [];
  for (let index = 0; index < count; index++) {
    const first = services[index];
    const pair = index % PAIR_EVERY === 3 && services[index + 1];
    if (pair) {
      first.named = false;
      Object.assign(pair, { named: false, repository: first.repository });
      index += 1;
    }
    stories.push({
      seed: [seed, 2, first.index],
      services: pair ? [first, pair] : [first],
      deployments: first.deployments,
    });
  }
  return { seed, scale, services, stories, teams };
}
