import { pullRequestEventSchema } from '@fawkes/backstage-plugin-delivery-common';
import {
  ignored,
  part,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import {
  subjectReference,
  titleOf,
  withContent,
  type CdEvent,
} from '../cdevent';
import { withCustomData } from '../customData';
import { repositoryOf } from '../repository';

const content = z.object({
  description: z.string().nullish(),
  repository: subjectReference.nullish(),
});

const {
  repository,
  number,
  baseBranch,
  headSha,
  mergeSha,
  commits,
  labels,
  additions,
  deletions,
  bot,
  botName,
  workItems,
  title,
  url,
} = pullRequestEventSchema.shape;

const extraFields = {
  repository,
  number,
  baseBranch,
  headSha,
  mergeSha,
  commits,
  labels,
  additions,
  deletions,
  bot,
  botName,
  workItems,
  title,
  url,
};

type Told = Record<string, string | undefined>;

/** What each predicate says happened, by its own time. */
const MOMENTS: Readonly<
  Record<string, (at: string) => { fields?: Told; earliest?: Told }>
> = {
  created: at => ({ earliest: { openedAt: at } }),
  updated: () => ({}),
  reviewed: at => ({ earliest: { firstReviewAt: at } }),
  merged: at => ({ fields: { mergedAt: at, closedAt: at } }),
  abandoned: at => ({ fields: { closedAt: at } }),
};

const NUMBER =
  /(?:^|[#!/]|(?:^|[^a-z])(?:pr|mr|pull|change|merge_requests)[-_/#!]?)(\d{1,10})$/i;

/**
 * `change.*`: a pull or merge request, told in parts. A pull request is known
 * by repository and number, so an event that names neither cannot be kept.
 */
export function mapChange(event: CdEvent): Mapped {
  const name = `CDEvent change.${event.predicate}`;
  const momentOf = MOMENTS[event.predicate];
  if (!momentOf) return ignored(`${name} says nothing about delivery`);
  const { subject, timestamp } = event;
  return withContent(content, event, told =>
    withCustomData(extraFields, event.customData, extra => {
      const repo = extra.repository ?? repositoryOf(told.repository);
      if (!repo) return ignored(`${name} names no repository`);
      const change = extra.number ?? numberOf(subject.id);
      if (change === undefined) {
        return ignored(`${name} has an id without a pull request number`);
      }
      const { fields, earliest } = momentOf(timestamp);
      if (!fields && !earliest && Object.keys(extra).length === 0) {
        return ignored(`${name} carries nothing that is kept`);
      }
      return part({
        type: 'pull_request',
        source: event.source,
        id: subject.id,
        occurredAt: timestamp,
        fields: {
          title:
            event.predicate === 'created'
              ? titleOf(told.description)
              : undefined,
          ...fields,
          ...extra,
          repository: repo,
          number: change,
        },
        earliest,
      });
    }),
  );
}

function numberOf(id: string): number | undefined {
  const digits = NUMBER.exec(id)?.[1];
  return digits ? Number(digits) : undefined;
}
