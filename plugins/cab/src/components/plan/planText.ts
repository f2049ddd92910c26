/** What a person writes about a change, beside its title. */
export interface PlanText {
  why: string;
  how: string;
  back: string;
}

/** Heads under which the parts stand in the description; the same in every language. */
const HEADS: Readonly<Record<keyof PlanText, string>> = {
  why: '## Why',
  how: '## Rollout',
  back: '## Way back',
};
const PARTS = Object.keys(HEADS) as Array<keyof PlanText>;

/** The longest description that is taken. */
export const LONGEST = 8_000;

/** The parts as one description; what is empty is left out. */
export function describe(plan: PlanText): string {
  return PARTS.filter(part => plan[part].trim() !== '')
    .map(part => `${HEADS[part]}\n${plan[part].trim()}`)
    .join('\n\n');
}

/**
 * The parts of a description. One that was written elsewhere and has no such heads
 * is the reason as a whole: nothing of it is lost.
 */
export function partsOf(description: string): PlanText {
  const plan: PlanText = { why: '', how: '', back: '' };
  let part: keyof PlanText = 'why';
  const lines: Record<keyof PlanText, string[]> = {
    why: [],
    how: [],
    back: [],
  };
  for (const line of description.split('\n')) {
    const next = PARTS.find(each => HEADS[each] === line.trimEnd());
    // A head that was there already is somebody's own text.
    if (next && lines[next].length === 0 && (next !== part || next === 'why')) {
      part = next;
      continue;
    }
    lines[part].push(line);
  }
  for (const each of PARTS) plan[each] = lines[each].join('\n').trim();
  return plan;
}
