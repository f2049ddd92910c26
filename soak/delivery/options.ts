/** What a soak is asked to do. */
export interface Options {
  /** Worlds per law and database. */
  runs: number;
  /** Hostile events per database. */
  mutations: number;
  /** Events of the load that is interrupted. */
  events: number;
  /** How often the process is killed during that load. */
  kills: number;
  /** Seed of the load and of the moments of death. */
  seed: number;
  parts: ReadonlySet<Part>;
}

export const PARTS = ['laws', 'crash'] as const;
export type Part = (typeof PARTS)[number];

export const USAGE = `Usage: yarn soak delivery [options]
  --runs <n>       worlds per law and database (1000)
  --mutations <n>  hostile events per database (10000)
  --events <n>     events of the load that is interrupted (100000)
  --kills <n>      kill -9 during that load (50)
  --seed <n>       another load, other moments (1)
  --only <part>    ${PARTS.join(' or ')}; may repeat`;

const NUMBERS = {
  '--runs': 'runs',
  '--mutations': 'mutations',
  '--events': 'events',
  '--kills': 'kills',
  '--seed': 'seed',
} as const;

/** Reads the command line; undefined when it asks for help or makes no sense. */
export function readOptions(args: readonly string[]): Options | undefined {
  const options = {
    runs: 1_000,
    mutations: 10_000,
    events: 100_000,
    kills: 50,
    seed: 1,
  };
  const only = new Set<Part>();
  for (let index = 0; index < args.length; index += 2) {
    const [name, value] = [args[index], args[index + 1]];
    const part = PARTS.find(known => known === value);
    if (name === '--only' && part) {
      only.add(part);
    } else if (name in NUMBERS && /^\d{1,9}$/.test(value)) {
      options[NUMBERS[name as keyof typeof NUMBERS]] = Number(value);
    } else {
      return undefined;
    }
  }
  return { ...options, parts: only.size > 0 ? only : new Set(PARTS) };
}
