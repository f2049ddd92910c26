/**
 * What something that wants to be an event says it is; for a change, of which
 * kind. Undefined where it says so in no text: nothing was checked yet, and not
 * everything can be made into one.
 */
export function typeOf(fields: Record<string, unknown>): string | undefined {
  const type = fields.type === 'change' ? fields.kind : fields.type;
  return typeof type === 'string' ? type : undefined;
}
