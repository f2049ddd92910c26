import { compareText } from '@fawkes/kit-contract';

/** A repository got its name. @public */
export interface Naming {
  /** What it is called since. */
  repository: string;
  /** What it was called before; null when it was created. */
  formerly: string | null;
  /** Since when, ms. */
  at: number;
}

/** A name and the one it was before, as somebody wrote it down. @public */
export interface FormerName {
  /** What it was called before. */
  formerly: string;
  /** What it is called now. */
  repository: string;
}

/** What facts told under a name from some instant on are kept under. @public */
export interface NameRow {
  /** As it was told. */
  name: string;
  /** ms; 0 from the beginning. */
  from: number;
  /** What it is called today. */
  repository: string;
}

/** The time in which a name meant one repository. */
interface Era {
  name: string;
  from: number;
  /** It means nothing else later. */
  isLast: boolean;
  /** The name the repository was given next, and when. */
  next?: { era: Era; at: number };
}

/**
 * Which names are those of one repository. A name means the repository that has
 * it, and goes on meaning it when that is called otherwise, until another one
 * takes it: then it begins to mean that. Of what was written down without an
 * instant, a former name means the first repository that had it, a present name
 * the last; two that contradict each other say nothing.
 *
 * The order in which any of this is told does not matter.
 *
 * @returns rows of the names that do not only mean themselves, in order
 * @public
 */
export function nameRows(
  told: readonly Naming[],
  formerNames: readonly FormerName[],
): NameRow[] {
  // Upper and lower case are no other name.
  const namings = told.filter(
    ({ formerly, repository }) => formerly !== repository,
  );
  const eras = erasOf(namings, formerNames);
  joinRenames(namings, eras);
  joinFormerNames(formerNames, eras);
  const rows: NameRow[] = [];
  for (const [name, list] of eras) {
    const own = list.map(era => ({
      name,
      from: Math.max(era.from, 0),
      repository: currentName(era),
    }));
    if (own.length > 1 || own[0].repository !== name) rows.push(...own);
  }
  return rows.sort((a, b) => compareText(a.name, b.name) || a.from - b.from);
}

type Eras = ReadonlyMap<string, readonly Era[]>;

function erasOf(
  namings: readonly Naming[],
  formerNames: readonly FormerName[],
): Eras {
  const given = new Map<string, number[]>();
  const taken = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, name: string, at?: number) => {
    const list = map.get(name) ?? [];
    map.set(name, list);
    if (at !== undefined) list.push(at);
  };
  for (const { repository, formerly, at } of namings) {
    add(taken, repository, at);
    if (formerly !== null) add(given, formerly, at);
  }
  const names = new Set([
    ...taken.keys(),
    ...given.keys(),
    ...formerNames.flatMap(({ formerly, repository }) => [
      formerly,
      repository,
    ]),
  ]);
  const eras = new Map<string, Era[]>();
  for (const name of names) {
    const ends = (given.get(name) ?? []).sort((a, b) => a - b);
    const list: Era[] = [{ name, from: -Infinity, isLast: false }];
    let next = 0;
    for (const at of (taken.get(name) ?? []).sort((a, b) => a - b)) {
      const { from } = list[list.length - 1];
      // Only what has been given up, at the same instant at the latest, can be
      // taken by another one.
      while (next < ends.length && ends[next] <= from) next += 1;
      if (next < ends.length && ends[next] <= at) {
        list.push({ name, from: at, isLast: false });
      }
    }
    list[list.length - 1].isLast = true;
    eras.set(name, list);
  }
  return eras;
}

/** What a name meant at an instant; `before`: until then. */
function eraAt(
  eras: Eras,
  name: string,
  at: number,
  edge: 'before' | 'since',
): Era {
  const list = eras.get(name)!;
  const index = list.findLastIndex(
    ({ from }) => from < at || (edge === 'since' && from === at),
  );
  return list[index];
}

function joinRenames(namings: readonly Naming[], eras: Eras): void {
  for (const { repository, formerly, at } of namings) {
    if (formerly === null) continue;
    const era = eraAt(eras, formerly, at, 'before');
    const next = { era: eraAt(eras, repository, at, 'since'), at };
    // It is called otherwise once: what is told later is about one that took
    // its name without anybody saying so.
    const isNext =
      !era.next ||
      at < era.next.at ||
      (at === era.next.at && repository < era.next.era.name);
    if (isNext) era.next = next;
  }
}

function joinFormerNames(formerNames: readonly FormerName[], eras: Eras): void {
  const said = new Map<string, Set<string>>();
  for (const { formerly, repository } of formerNames) {
    said.set(formerly, (said.get(formerly) ?? new Set()).add(repository));
  }
  for (const [formerly, names] of said) {
    const [first] = eras.get(formerly)!;
    const [repository] = names;
    if (names.size > 1 || first.next || repository === formerly) continue;
    const era = eras.get(repository)!.findLast(({ isLast }) => isLast)!;
    first.next = { era, at: Infinity };
  }
}

/** The name it has now; in a circle, the greatest. */
function currentName(era: Era): string {
  const seen = new Set<Era>();
  let now = era;
  while (now.next && !seen.has(now)) {
    seen.add(now);
    now = now.next.era;
  }
  if (!now.next) return now.name;
  const circle: string[] = [];
  const first = now;
  do {
    circle.push(now.name);
    now = now.next!.era;
  } while (now !== first);
  return circle.sort(compareText)[circle.length - 1];
}

/** Names of repositories, with what was told under them. @public */
export class RepositoryNames {
  readonly #rows = new Map<string, NameRow[]>();

  /** @param rows - as {@link nameRows} makes them */
  constructor(rows: readonly NameRow[]) {
    for (const row of rows) {
      const list = this.#rows.get(row.name);
      if (list) list.push(row);
      else this.#rows.set(row.name, [row]);
    }
  }

  /** No name means anything but itself. */
  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** What is told under a name at an instant, ms, is kept under this one. */
  at(name: string, at: number): string {
    const rows = this.#rows.get(name);
    return rows?.findLast(({ from }) => from <= at)?.repository ?? name;
  }

  /** What a name means now. */
  now(name: string): string {
    return this.at(name, Infinity);
  }
}
