import { incidentEventSchema } from '@fawkes/backstage-plugin-delivery-common';
import {
  ignored,
  whole,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  bodyOf,
  clip,
  instant,
  labelNames,
  LONGEST_LABEL,
  originOf,
  repository,
  titleOf,
  webUrl,
  withPayload,
} from '../payload';
import type { Rules } from '../rules';

const label = z.object({ name: z.string() });

const schema = z.object({
  action: z.string(),
  /** The label that was put on or taken off. */
  label: label.nullish(),
  issue: z.object({
    number: z.number().int().positive(),
    title: z.string().nullish(),
    body: z.string().nullish(),
    html_url: z.string().nullish(),
    created_at: instant,
    updated_at: instant,
    closed_at: instant.nullish(),
    labels: z.array(label).nullish(),
  }),
  repository,
});

const CAUSED_BY = /^[ \t]*caused-by:[ \t]*(\S{1,1024})[ \t\r]*$/im;
const SERVICE = /^[ \t]*service:[ \t]*(\S{1,191})[ \t\r]*$/im;
const SEVERITY = /^((sev|p)[-:/ ]?\d|severity[-:/ ]{1,3}[a-z0-9 -]{1,32})$/i;

/**
 * `issues`: an issue with the incident label is an incident from when it was
 * opened to when it is closed. Taking the label off, deleting or moving the
 * issue takes the incident back.
 */
export function mapIssues(payload: unknown, rules: Rules): Mapped {
  return withPayload(schema, payload, told => {
    const { action, issue } = told;
    const labels = labelNames(issue.labels);
    const labelled = labels.some(name => rules.incidentLabel.test(name));
    const lostLabel =
      action === 'unlabeled' &&
      !labelled &&
      rules.incidentLabel.test(clip(told.label?.name ?? '', LONGEST_LABEL));
    if (!labelled && !lostLabel) {
      return ignored(
        'GitHub event issues is about an issue that is no incident',
      );
    }
    const origin = originOf(told.repository);
    const gone = action === 'deleted' || action === 'transferred';
    return whole({
      type: 'incident',
      source: origin.source,
      id: `${origin.fullName}#${issue.number}`,
      occurredAt: issue.updated_at,
      service: serviceNamed(issue.body),
      repository: origin.repository,
      openedAt: issue.created_at,
      resolvedAt: issue.closed_at ?? undefined,
      severity: labels.find(name => SEVERITY.test(name)),
      title: titleOf(issue.title),
      causedBy: CAUSED_BY.exec(bodyOf(issue.body))?.[1],
      url: webUrl(issue.html_url),
      deleted: lostLabel || gone || undefined,
    });
  });
}

/** The catalog entity on a line of its own; people write other things there too. */
function serviceNamed(body: string | null | undefined): string | undefined {
  const { service } = incidentEventSchema.shape;
  return service.safeParse(SERVICE.exec(bodyOf(body))?.[1]).data;
}
