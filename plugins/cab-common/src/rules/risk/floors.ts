import type { FactName, HeldFloor } from '../../contract';
import { factsOf } from './factors';
import type { FloorCondition, RiskFloor, RiskModel } from './model';
import type { FactValues } from './reading';

/** What a floor may look at. */
export class Look {
  readonly #facts: ReadonlyMap<string, FactName[]>;

  constructor(
    model: RiskModel,
    private readonly values: FactValues,
    private readonly permilles: ReadonlyMap<string, number>,
    private readonly missing: ReadonlySet<string>,
  ) {
    this.#facts = new Map(
      model.factors.map(factor => [factor.id, factsOf(factor)]),
    );
  }

  isUnknown(fact: FactName): boolean {
    return [...this.missing].some(
      path => path === fact || path.startsWith(`${fact}.`),
    );
  }

  holds(condition: FloorCondition): boolean {
    if ('factor' in condition) {
      const permille = this.permilles.get(condition.factor)!;
      const { is = permille, atLeast = 0 } = condition;
      return permille === is && permille >= atLeast;
    }
    const value = this.values[condition.fact];
    if ('is' in condition) return value === condition.is;
    return this.isUnknown(condition.fact) || value !== condition.isNot;
  }

  needsUnknown(condition: FloorCondition): boolean {
    const facts =
      'factor' in condition
        ? condition.needs ?? this.#facts.get(condition.factor)!
        : [condition.fact];
    return facts.some(fact => this.isUnknown(fact));
  }
}

/** A floor as it holds; undefined where it does not. */
export function heldFloor(
  { id, milli, any, refs }: RiskFloor,
  look: Look,
  refsOf: (fact: FactName) => string[],
): HeldFloor | undefined {
  const held = any.filter(all => all.every(each => look.holds(each)));
  if (held.length === 0) return undefined;
  return {
    id,
    milli,
    unknown: held.every(all => all.some(each => look.needsUnknown(each))),
    refs: refs ? refsOf(refs) : [],
  };
}
