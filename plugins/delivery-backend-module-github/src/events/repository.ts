import {
  ignored,
  whole,
  type Mapped,
} from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';
import { clip, instant, originOf, repository, withPayload } from '../payload';

const LONGEST_ID = 512;

/** A name or login as GitHub allows it, and nothing that is a path. */
const name = z
  .string()
  .max(255, { abort: true })
  .regex(/^[^/\s]+$/, 'must be a name');
const owner = z.object({ login: name });

const schema = z.object({
  action: z.string(),
  repository: repository.extend({
    created_at: instant.nullish(),
    updated_at: instant.nullish(),
  }),
  changes: z
    .object({
      repository: z.object({ name: z.object({ from: name }) }).nullish(),
      owner: z
        .object({
          from: z.object({
            user: owner.nullish(),
            organization: owner.nullish(),
          }),
        })
        .nullish(),
    })
    .nullish(),
});

type Told = z.infer<typeof schema>;

/**
 * `repository`: one was created, renamed or transferred. Its history goes on
 * under the new name; a name that is created after it was given up is another
 * repository's.
 */
export function mapRepository(payload: unknown): Mapped {
  return withPayload(schema, payload, told => {
    const { action, repository: now } = told;
    const { source, fullName, host, repository: current } = originOf(now);
    const at = action === 'created' ? now.created_at : now.updated_at;
    const former = formerOf(told, fullName);
    if (!at || (action !== 'created' && !former)) {
      return ignored(
        `GitHub event repository ${clip(
          action,
          64,
        )} gives no repository a name`,
      );
    }
    return whole({
      type: 'change',
      kind: 'repository',
      source,
      id: clip(`${former ?? ''}..${fullName}@${at}`, LONGEST_ID),
      occurredAt: at,
      repository: current,
      formerly: former && `${host}/${former}`,
    });
  });
}

/** `owner/name` as it was before. */
function formerOf(
  { action, changes }: Told,
  fullName: string,
): string | undefined {
  const [login, own] = fullName.split('/');
  const from = changes?.owner?.from;
  const was = from?.organization?.login ?? from?.user?.login;
  const called = changes?.repository?.name.from;
  if (action === 'renamed' && called) return `${login}/${called}`;
  return action === 'transferred' && was ? `${was}/${own}` : undefined;
}
