import type { MigBoard, MigProfile } from './boards';

/** How many instances of each profile, by its name. @public */
export type MigLayout = Readonly<Record<string, number>>;

/** The profile that a board has under a name, by itself or as an alias. @public */
export function profileOf(
  board: MigBoard,
  name: string,
): MigProfile | undefined {
  const known = Object.hasOwn(board.aliases, name) ? board.aliases[name] : name;
  return board.profiles.find(profile => profile.name === known);
}

/** A profile for each instance of a layout whose names are all known. */
export function profilesIn(board: MigBoard, layout: MigLayout): MigProfile[] {
  return Object.entries(layout).flatMap(([name, count]) => {
    const profile = profileOf(board, name);
    if (!profile) throw new Error(`${board.board} has no profile ${name}`);
    return Array<MigProfile>(count).fill(profile);
  });
}

/** `2 × 3g.40gb + 1g.10gb`, the largest first. @public */
export function describeLayout(board: MigBoard, layout: MigLayout): string {
  const size = (name: string) => {
    const profile = profileOf(board, name);
    return profile ? profile.memoryUnits * 8 + profile.compute : 0;
  };
  return Object.entries(layout)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => size(b) - size(a) || (a < b ? -1 : Number(a > b)))
    .map(([name, count]) => (count === 1 ? name : `${count} × ${name}`))
    .join(' + ');
}

/** Instances counted by the name the board gives their profile. */
export function layoutOf(profiles: readonly MigProfile[]): MigLayout {
  const layout: Record<string, number> = {};
  for (const { name } of profiles) layout[name] = (layout[name] ?? 0) + 1;
  return layout;
}

/** Whether a profile holds a media engine that a GPU has once. */
export const hasMedia = ({ cls }: MigProfile): boolean => cls.includes('+me');

/** Whether a profile holds every decoder, so that others must do without. */
export const hasAllMedia = ({ cls }: MigProfile): boolean =>
  cls.endsWith('+me.all');

/** Whether a profile does without decoders. */
export const hasNoMedia = ({ cls }: MigProfile): boolean => cls.endsWith('-me');
