import { NotFoundError } from '@backstage/errors';
import { clipText } from '@fawkes/kit-contract';

/**
 * The answer to an entity that does not exist or is hidden from the caller: the
 * same for both, so that it tells nothing.
 * @public
 */
export function hidden(ref: string): NotFoundError {
  return new NotFoundError(
    `There is no entity '${clipText(
      ref,
    )}', or you may not see it; check the reference in the catalog`,
  );
}
