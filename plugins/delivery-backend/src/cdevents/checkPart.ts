import {
  incidentEventSchema,
  pullRequestEventSchema,
  workItemEventSchema,
  type EventFault,
  type PartialClaim,
} from '@fawkes/backstage-plugin-delivery-common';
import type { z } from 'zod';

/** A partial claim as a mapper writes it down; undefined means not known. */
export interface PartDraft {
  type: 'incident' | 'pull_request' | 'work-item';
  source: string;
  id: string;
  occurredAt: string;
  fields: Record<string, unknown>;
  earliest?: Record<string, string | undefined>;
}

type Shape = Readonly<Record<string, z.ZodType>>;

const SHAPES: Record<PartDraft['type'], Shape> = {
  incident: incidentEventSchema.shape,
  pull_request: pullRequestEventSchema.shape,
  'work-item': workItemEventSchema.shape,
};

/**
 * Checks and normalises a partial claim field by field against the schema its
 * whole event would have to pass: parts are compared as text (instants above
 * all), so one instant must have one spelling here too.
 */
export function checkPart(
  draft: PartDraft,
): { ok: true; claim: PartialClaim } | { ok: false; fault: EventFault } {
  const { type, source, id, occurredAt } = draft;
  const shape = SHAPES[type];
  const head = checkFields(shape, { source, id, occurredAt });
  if (!head.ok) return head;
  const fields = checkFields(shape, draft.fields);
  if (!fields.ok) return fields;
  const earliest = checkFields(shape, draft.earliest ?? {});
  if (!earliest.ok) return earliest;
  return {
    ok: true,
    claim: {
      claim: 'partial',
      type,
      source,
      id,
      occurredAt: String(head.values.occurredAt),
      fields: fields.values,
      ...(Object.keys(earliest.values).length > 0 && {
        earliest: earliest.values as Record<string, string>,
      }),
    },
  };
}

function checkFields(
  shape: Shape,
  fields: Record<string, unknown>,
):
  | { ok: true; values: Record<string, unknown> }
  | { ok: false; fault: EventFault } {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const parsed = shape[name].safeParse(value);
    if (!parsed.success) {
      const reason = parsed.error.issues[0].message;
      return { ok: false, fault: { path: name, reason } };
    }
    values[name] = parsed.data;
  }
  return { ok: true, values };
}
