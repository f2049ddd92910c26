import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readIdentityKey } from '@fawkes/backstage-plugin-delivery-node';
import type { GithubSourceOptions } from './githubSource';

const ROOT = 'delivery.sources.github';

/**
 * Reads `delivery.sources.github` and `delivery.identityKey`.
 *
 * @throws InputError naming the config path of a pattern that is no regular
 * expression, or of a key too short to hide a login
 * @public
 */
export function readGithubSourceOptions(
  config: RootConfigService,
): GithubSourceOptions {
  return {
    identityKey: readIdentityKey(config),
    incidentLabel: pattern(config, 'incidentLabel'),
    hotfixRef: pattern(config, 'hotfixRef'),
    rollbackTask: pattern(config, 'rollbackTask'),
  };
}

function pattern(config: RootConfigService, name: string): RegExp | undefined {
  const path = `${ROOT}.${name}`;
  const text = config.getOptionalString(path);
  if (text === undefined) return undefined;
  try {
    return new RegExp(text, 'i');
  } catch {
    throw new InputError(`${path} is not a regular expression: ${text}`);
  }
}
