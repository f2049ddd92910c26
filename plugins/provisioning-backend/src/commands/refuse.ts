import type {
  ConflictCode,
  Quota,
  Refusal,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  conflict,
  quotaWords,
  type RequestConflictError,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { RequestRow } from '../store/tables';

const MESSAGES: Partial<Record<ConflictCode, (row: RequestRow) => string>> = {
  WRONG_STATE: ({ name, state }) =>
    `${name} is ${state}, and this cannot be done to it now`,
  RUN_IN_PROGRESS: ({ name }) =>
    `A run of ${name} goes on; wait for its end, or cancel it`,
  SPEC_DIFFERS: ({ name }) =>
    `${name} is there with another spec; send mode "update" and ifDigest to change it`,
  NO_SERVICE: ({ name }) => `${name} has no service here`,
};

/** What a command answers that the state of a request does not allow. */
export function refusal(
  code: ConflictCode,
  row: RequestRow,
  details: Refusal['details'] = {},
): RequestConflictError {
  const message = MESSAGES[code]?.(row) ?? `${row.name}: ${code}`;
  return conflict(code, message, {
    state: row.state,
    details: {
      ...(code === 'RUN_IN_PROGRESS' && { runId: row.run_id }),
      ...details,
    },
  });
}

/** What somebody is answered for whom there is no room. */
export function quotaRefusal(
  quota: Quota,
  owner: string,
): RequestConflictError {
  const words = quotaWords(quota, owner);
  return conflict('QUOTA_EXCEEDED', words.text, { details: { quota, words } });
}
