/** Parts of the day a greeting knows. */
export type DayPart = 'morning' | 'afternoon' | 'evening';

/** The part of the day at a moment, by the clock on the wall where the person is. */
export function dayPart(now: Date): DayPart {
  const hour = now.getHours();
  if (hour >= 4 && hour < 12) {
    return 'morning';
  }
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}

/** The name one calls a person by, from the name they are displayed with. */
export function firstName(displayName: string | undefined): string | undefined {
  return displayName?.trim().split(/\s+/)[0] || undefined;
}
