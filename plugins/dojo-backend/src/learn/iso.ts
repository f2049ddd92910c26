/** An instant as answers have it. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
