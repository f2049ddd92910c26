import type { FactName, FactValue } from '../../contract';

/** Facts without who told them and when. @public */
export type FactValues = Partial<Record<FactName, FactValue>>;

/** Reads facts and remembers which were not there to be read. */
export class Reading {
  readonly #missing = new Set<string>();

  constructor(private readonly facts: FactValues) {}

  missing(): string[] {
    return [...this.#missing];
  }

  /** Says that a fact cannot be as it was told. */
  impossible(path: string): void {
    this.#missing.add(path);
  }

  count(name: FactName): number {
    return this.#known(name, countOf(this.facts[name]), 0);
  }

  flag(name: FactName): boolean {
    return this.#known(name, flagOf(this.facts[name]), false);
  }

  choice(name: FactName, choices: Readonly<Record<string, number>>): string {
    return this.#known(name, choiceOf(this.facts[name], choices), '');
  }

  /** A fact made of fields; undefined where it is unknown as a whole. */
  fields(name: FactName): Record<string, unknown> | undefined {
    const value = this.facts[name];
    if (typeof value === 'object' && value !== null) return value;
    this.#missing.add(name);
    return undefined;
  }

  field<T>(path: string, value: T | undefined, otherwise: T): T {
    return this.#known(path, value, otherwise);
  }

  #known<T>(path: string, value: T | undefined, otherwise: T): T {
    if (value !== undefined) return value;
    this.#missing.add(path);
    return otherwise;
  }
}

/** A count; undefined for what is none. */
export function countOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0
    ? Number(value)
    : undefined;
}

/** Yes or no; undefined for what is neither. */
export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A word of a list; undefined for what is not on it. */
export function choiceOf(
  value: unknown,
  choices: Readonly<Record<string, number>>,
): string | undefined {
  return typeof value === 'string' && Object.hasOwn(choices, value)
    ? value
    : undefined;
}
