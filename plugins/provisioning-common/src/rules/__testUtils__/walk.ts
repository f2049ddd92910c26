import { afterCrash, effectAfter, type EffectEvent } from '../effectStates';
import { nextStep, type RunEffect, type RunView } from '../run';

/** What a walk is made of. */
export interface WalkOptions {
  direction: RunView['direction'];
  graph: readonly RunEffect[];
  /** Numbers from 0 to 99, one a decision. */
  dice: () => number;
  /** Round from which somebody asked it to stop. */
  cancelAt: number | undefined;
}

const MOST_ROUNDS = 500;

/**
 * Walks a run through a world in which answers get lost, things fail and the
 * portal dies; answers what went against the laws.
 */
export function walk(options: WalkOptions): string[] {
  const { direction, graph, dice, cancelAt } = options;
  const world = new Set<string>();
  const effects = new Map(graph.map(one => [one.id, { ...one }]));
  const faults: string[] = [];
  const tell = (id: string, event: EffectEvent) => {
    const one = effects.get(id)!;
    const next = effectAfter(one.state, event);
    if (next) one.state = next;
    else faults.push(`${id} is ${one.state} and was told ${event}`);
  };
  /** It may reach the world or not, and be answered or not. */
  const send = (id: string) => {
    tell(id, 'send');
    if (dice() < 85) {
      if (world.has(id)) faults.push(`${id} is done twice`);
      world.add(id);
      if (dice() < 60) tell(id, 'succeed');
    } else if (dice() < 50) tell(id, 'fail');
  };
  const look = (id: string) => {
    if (dice() < 10) effects.get(id)!.unreadable = true;
    else tell(id, world.has(id) ? 'find' : 'miss');
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const asked =
      cancelAt !== undefined && round >= cancelAt ? 'cancelled' : undefined;
    const step = nextStep({ direction, effects: [...effects.values()], asked });
    if (step.end) return [...faults, ...leftOpen([...effects.values()], world)];
    for (const id of step.begin) {
      if (asked) faults.push(`${id} begins though nothing should`);
      const early = effects
        .get(id)!
        .dependsOn.find(needed => effects.get(needed)!.state !== 'done');
      if (early) faults.push(`${id} begins before ${early} is done`);
      send(id);
    }
    for (const id of step.skip) tell(id, 'skip');
    for (const id of step.waitFor) {
      if (effects.get(id)!.state === 'sent') tell(id, 'lose');
    }
    step.lookUp.forEach(look);
    if (dice() < 20) {
      for (const one of effects.values()) one.state = afterCrash(one.state);
    }
  }
  return [...faults, 'it never ends'];
}

/** What the ledger and the world do not agree about when a run has ended. */
function leftOpen(effects: RunEffect[], world: Set<string>): string[] {
  return effects.flatMap(({ id, state }) => {
    if (state === 'planned' || state === 'sent')
      return [`${id} stays ${state}`];
    if (state === 'done' && !world.has(id)) return [`${id} was never done`];
    return world.has(id) && state !== 'done' && state !== 'unknown'
      ? [`${id} is there and the ledger says ${state}`]
      : [];
  });
}
