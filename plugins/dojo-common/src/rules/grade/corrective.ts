/** Sections with fewer drawn items say too much of each, and are merged. */
const FEWEST = 3;

/** Whether an item of a section earned all its points. @public */
export interface SectionMark {
  /** Name of the lesson. */
  section: string;
  /** All of its points were earned. */
  right: boolean;
}

/**
 * The sections in which something was missed. Neighbours with fewer than three
 * drawn items are told of together, so that none tells how one item went.
 *
 * @param order - all sections in the order of the module
 * @public
 */
export function missedSections(
  marks: readonly SectionMark[],
  order: readonly string[],
): string[] {
  const groups: Array<{ sections: string[]; marks: SectionMark[] }> = [];
  let open: (typeof groups)[number] | undefined;
  for (const section of order) {
    const own = marks.filter(mark => mark.section === section);
    if (own.length === 0) continue;
    open ??= { sections: [], marks: [] };
    open.sections.push(section);
    open.marks.push(...own);
    if (open.marks.length < FEWEST) continue;
    groups.push(open);
    open = undefined;
  }
  if (open) {
    const last = groups[groups.length - 1];
    if (last) {
      last.sections.push(...open.sections);
      last.marks.push(...open.marks);
    } else groups.push(open);
  }
  return groups
    .filter(group => group.marks.some(({ right }) => !right))
    .flatMap(group => group.sections);
}
