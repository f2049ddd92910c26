import type { RootConfigService } from '@backstage/backend-plugin-api';

const PATH = 'permission.platformTeams';
/** As the catalog writes references: complete and in lower case. */
const GROUP = /^group:[a-z0-9._-]{1,63}\/[a-z0-9._-]{1,63}$/;

/**
 * The groups that run the portal. Without one nobody could, and a reference that no group has is as
 * good as none: both are refused instead of starting a portal that is looked after by nobody.
 *
 * @throws Error naming the setting and what to do
 */
export function readPlatformTeams(config: RootConfigService): string[] {
  const teams = config.getOptionalStringArray(PATH) ?? [];
  if (teams.length === 0) {
    throw new Error(
      `${PATH} names no group, so nobody could look after this portal. Set it to references like group:default/platform; ` +
        'app-config.production.yaml takes one from the variable FAWKES_PLATFORM_TEAM.',
    );
  }
  teams.forEach((team, index) => {
    if (!GROUP.test(team)) {
      throw new Error(
        `${PATH}[${index}] is '${team.slice(
          0,
          100,
        )}', which is not the full reference of a group in lower case, like group:default/platform`,
      );
    }
  });
  return teams;
}
