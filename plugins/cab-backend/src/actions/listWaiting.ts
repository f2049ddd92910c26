import { NotAllowedError } from '@backstage/errors';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  cabChangeReadPermission,
  cabChangeVotePermission,
} from '@fawkes/backstage-plugin-cab-common';
import { waitingFor } from '../read/waiting';
import type { ActionDeps } from './deps';

/** Lets assistants list what waits for a person's vote; the vote is theirs. */
export function registerListWaiting(
  registry: ActionsRegistryService,
  { cases, viewerOf }: ActionDeps,
): void {
  registry.register({
    name: 'list-changes-waiting-for-me',
    title: 'List change requests that wait for me',
    description:
      'Change requests the caller may vote on and has not, the oldest first. Only people vote, on the page of the change request; no action does.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          asOf: z.string(),
          items: z.array(z.record(z.any())),
          more: z.boolean(),
        }),
    },
    action: async ({ credentials }) => {
      const viewer = viewerOf(credentials);
      await viewer.require(cabChangeReadPermission);
      await viewer.require(cabChangeVotePermission);
      const { userRef } = viewer;
      if (userRef === undefined) {
        throw new NotAllowedError('Only for a person something can wait');
      }
      return { output: await waitingFor(cases, viewer, userRef) };
    },
  });
}
