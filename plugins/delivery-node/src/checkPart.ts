import {
  clippedTexts,
  commitEventSchema,
  deploymentEventSchema,
  feedbackEventSchema,
  incidentEventSchema,
  isMachineZero,
  pullRequestEventSchema,
  pushEventSchema,
  repositoryEventSchema,
  workItemEventSchema,
  workItemTransitionEventSchema,
  type EventFault,
  type FactType,
  type PartialClaim,
  type Shortened,
} from '@fawkes/backstage-plugin-delivery-common';
import type { z } from 'zod';

/**
 * A partial claim as a mapper writes it down; undefined means not known.
 * @public
 */
export interface PartDraft {
  /** The kind of fact it is about. */
  type: FactType;
  /** Who tells it, e.g. `github.com/acme`. */
  source: string;
  /** The sender's id of the fact. */
  id: string;
  /** When this became so. */
  occurredAt: string;
  /** Fields of the canonical event, those of its key included. */
  fields: Record<string, unknown>;
  /** Instants of which the first one heard of counts. */
  earliest?: Record<string, string | undefined>;
}

/** A checked part, or what is wrong with it. @public */
export type CheckedPart =
  | {
      ok: true;
      claim: PartialClaim;
      /** What bounds took from it; left out where nothing was. */
      shortened?: Shortened;
    }
  | { ok: false; fault: EventFault };

type Shape = Readonly<Record<string, z.ZodType>>;

const SHAPES: Record<FactType, Shape> = {
  deployment: deploymentEventSchema.shape,
  commit: commitEventSchema.shape,
  push: pushEventSchema.shape,
  pull_request: pullRequestEventSchema.shape,
  repository: repositoryEventSchema.shape,
  incident: incidentEventSchema.shape,
  'work-item': workItemEventSchema.shape,
  'work-item-transition': workItemTransitionEventSchema.shape,
  feedback: feedbackEventSchema.shape,
};

/**
 * Checks and normalises a partial claim field by field against the schema its
 * whole event would have to pass: parts are compared as text (instants above
 * all), so one instant must have one spelling here too.
 * @public
 */
export function checkPart(draft: PartDraft): CheckedPart {
  const { type, source, id, occurredAt } = draft;
  const shape = SHAPES[type];
  const head = checkFields(shape, { source, id, occurredAt });
  if (!head.ok) return head;
  const fields = checkFields(shape, withoutZeros(draft.fields));
  if (!fields.ok) return fields;
  const earliest = checkFields(shape, withoutZeros(draft.earliest ?? {}));
  if (!earliest.ok) return earliest;
  const texts = clippedTexts(draft.fields, fields.values);
  return {
    ok: true,
    ...(texts > 0 && { shortened: { texts, lists: 0 } }),
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

/** A clock that was never set says nothing. */
function withoutZeros(
  fields: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => !isMachineZero(value)),
  );
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
    if (!Object.hasOwn(shape, name)) {
      const reason = 'is not a field of this fact';
      return { ok: false, fault: { path: name, reason } };
    }
    const parsed = shape[name].safeParse(value);
    if (!parsed.success) {
      const reason = parsed.error.issues[0].message;
      return { ok: false, fault: { path: name, reason } };
    }
    values[name] = parsed.data;
  }
  return { ok: true, values };
}
