/** A step that any character but `/` takes. */
const ANY = Symbol('?');
type Step = string | typeof ANY;

/** Which characters leave a state as it is. */
type Loop = 'none' | 'name' | 'all';

/**
 * States in a row: state `i` is reached when the first `i` steps are taken.
 * What `*` and `**` swallow happens within a state and takes no step, so that
 * all states a path may be in fit into a few words and move at once.
 */
interface States {
  steps: Step[];
  loops: Loop[];
  /** Who steps here is in the next state as well: `**` may be no folder. */
  skips: number[];
  ends: number[];
}

/**
 * A pattern for paths that any path is held against in linear time. Its states are
 * bits: bit `i % 32` of word `i / 32` stands for state `i`.
 * @public
 */
export interface PathAutomaton {
  /** States it begins in. */
  start: Int32Array;
  /** States the steps of a character lead to. */
  steps: ReadonlyMap<string, Int32Array>;
  /** The same for characters the pattern does not hold. */
  otherSteps: Int32Array;
  /** States in which a character that is no `/` stays. */
  stayInName: Int32Array;
  /** States in which a `/` stays. */
  stayAtSlash: Int32Array;
  /** States that are in the next one as well. */
  skips: Int32Array;
  /** States a path may end in. */
  ends: Int32Array;
}

/**
 * Builds the automaton of a pattern, given by its parts between slashes: `*` is any
 * number of characters within one name, `?` one of them, and `**` any number of
 * folders.
 * @public
 */
export function buildPathAutomaton(parts: readonly string[]): PathAutomaton {
  const { steps, loops, skips, ends } = toStates(parts);
  const bits = (states: readonly number[]) => {
    const words = new Int32Array(Math.ceil(loops.length / 32));
    for (const state of states) words[state >>> 5] |= 1 << (state & 31);
    return words;
  };
  const looping = (...kinds: Loop[]) =>
    loops.flatMap((loop, state) => (kinds.includes(loop) ? [state] : []));
  const taking = (...taken: Step[]) =>
    steps.flatMap((step, from) => (taken.includes(step) ? [from + 1] : []));
  const characters = new Set(steps.filter(step => step !== ANY));
  return {
    start: bits(skips.includes(0) ? [0, 1] : [0]),
    steps: new Map([
      ...[...characters].map(
        character => [character, bits(taking(character, ANY))] as const,
      ),
      ['/', bits(taking('/'))],
    ]),
    otherSteps: bits(taking(ANY)),
    stayInName: bits(looping('name', 'all')),
    stayAtSlash: bits(looping('all')),
    skips: bits(skips),
    ends: bits(ends),
  };
}

function toStates(parts: readonly string[]): States {
  const states: States = { steps: [], loops: ['none'], skips: [], ends: [] };
  const last = () => states.loops.length - 1;
  const step = (taken: Step) => {
    states.steps.push(taken);
    states.loops.push('none');
  };
  // Several `**` in a row say no more than one.
  const told = parts.filter(
    (part, index) => part !== '**' || parts[index - 1] !== '**',
  );
  told.forEach((part, index) => {
    if (part === '**') {
      const isLast = index === told.length - 1;
      // `a/**` is a too (a submodule is a path); `*/**` asks for a folder.
      if (isLast && states.loops[last()] === 'none') states.ends.push(last());
      if (index > 0) step('/');
      states.loops[last()] = 'all';
      if (isLast) return;
      states.skips.push(last());
      step('/');
      return;
    }
    if (index > 0 && told[index - 1] !== '**') step('/');
    // A name is never empty.
    if (/^\*+$/.test(part)) step(ANY);
    for (const character of part) {
      if (character === '*') states.loops[last()] = 'name';
      else step(character === '?' ? ANY : character);
    }
  });
  states.ends.push(last());
  return states;
}

/**
 * Whether the automaton accepts a path. Every character costs the same few
 * operations a word, whatever came before it: nothing is tried twice.
 * @public
 */
export function acceptsPath(automaton: PathAutomaton, path: string): boolean {
  const { steps, otherSteps, stayInName, stayAtSlash, skips, ends } = automaton;
  const states = automaton.start.slice();
  for (const character of path) {
    const led = steps.get(character) ?? otherSteps;
    const stay = character === '/' ? stayAtSlash : stayInName;
    // What a shift pushes out of a word comes into the next one.
    let stepping = 0;
    let skipping = 0;
    let alive = 0;
    for (let word = 0; word < states.length; word++) {
      const before = states[word];
      const stepped = ((before << 1) | stepping) & led[word];
      const skipped = stepped & skips[word];
      stepping = before >>> 31;
      states[word] =
        stepped | (before & stay[word]) | (skipped << 1) | skipping;
      skipping = skipped >>> 31;
      alive |= states[word];
    }
    if (alive === 0) return false;
  }
  return states.some((word, index) => (word & ends[index]) !== 0);
}
