import { provisioningCoreWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { clipText } from '@fawkes/kit-contract';

/** Words of the core with their English text. */
export const { say } = provisioningCoreWords;

/** Longest part of somebody else's message that is shown. */
const MOST = 300;

/** The message of whatever was thrown, in bounds. */
export function messageOf(error: unknown): string {
  return clipText(error instanceof Error ? error.message : String(error), MOST);
}
