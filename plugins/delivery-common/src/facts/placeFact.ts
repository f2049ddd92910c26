import type { FactState, SourceState } from './factState';

/** In no name of a source. */
const DIVIDER = '\0';

/**
 * Who told something under a name that is not the one it is kept under: kept
 * apart from what the same source told under others, so that names that are
 * taken for one can be told apart again.
 */
function tellerOf(source: string, told: string, kept: string): string {
  return told === kept ? source : `${source}${DIVIDER}${told}`;
}

/** The source of what is kept in a state under this name. @public */
export function sourceOfTeller(teller: string): string {
  const end = teller.indexOf(DIVIDER);
  return end < 0 ? teller : teller.slice(0, end);
}

/**
 * Puts what is known of a change (a commit, a push, a pull request) where its
 * repository is kept.
 *
 * @param nameAt - the name that what was told under a name at an instant (ISO) is
 *   kept under
 * @returns by the name it is kept under
 * @public
 */
export function placeFact(
  state: FactState,
  nameAt: (told: string, at: string) => string,
): Map<string, FactState> {
  const placed = new Map<string, FactState>();
  for (const [teller, own] of Object.entries(state.sources)) {
    const told = toldRepository(own);
    const kept = nameAt(told, newestOf(own));
    const { sources = {}, repository } = placed.get(kept) ?? {};
    placed.set(kept, {
      type: state.type,
      ...((told !== kept || repository !== undefined) && { repository: kept }),
      sources: {
        ...sources,
        [tellerOf(sourceOfTeller(teller), told, kept)]: own,
      },
    });
  }
  return placed;
}

/** The name it was told under. */
function toldRepository({ whole, later, grave, fields }: SourceState): string {
  const event: object = (whole ?? later ?? grave)?.event ?? {};
  return String(
    'repository' in event ? event.repository : fields?.repository?.value,
  );
}

/** When its source said anything about it last, ISO. */
function newestOf({ whole, later, grave, fields = {} }: SourceState): string {
  return [whole, later, grave, ...Object.values(fields)]
    .flatMap(said => said?.rank.at ?? [])
    .reduce((a, b) => (b > a ? b : a), '');
}
