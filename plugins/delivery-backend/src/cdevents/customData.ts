import { say } from '@fawkes/backstage-plugin-delivery-common';
import { formatPath } from '@fawkes/kit-contract';
import { rejected, type Mapped } from '@fawkes/backstage-plugin-delivery-node';
import { z } from 'zod';

/**
 * CDEvents knows no shas, branches or catalog entities. Senders who do may put
 * canonical fields under `customData.delivery`. That object is ours, so it is
 * strict; everything beside it is somebody else's and is left alone.
 *
 * @example
 * ```json
 * { "customData": { "delivery": { "repository": "github.com/acme/pay", "sha": "…" } } }
 * ```
 */
export function withCustomData<S extends z.ZodRawShape>(
  shape: S,
  customData: unknown,
  map: (extra: z.infer<ReturnType<typeof partialOf<S>>>) => Mapped,
): Mapped {
  const parsed = z
    .object({ delivery: partialOf(shape).optional() })
    .safeParse(isObject(customData) ? customData : {});
  if (parsed.success) {
    return map(parsed.data.delivery ?? partialOf(shape).parse({}));
  }
  const [issue] = parsed.error.issues;
  const unknown = issue.code === 'unrecognized_keys' ? [issue.keys[0]] : [];
  return rejected(
    formatPath(['customData', ...issue.path, ...unknown]),
    unknown.length > 0
      ? say('rejected.unknown_subject_field').text
      : issue.message,
  );
}

function partialOf<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape).partial();
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
