import { mockServices } from '@backstage/backend-test-utils';
import { readPlatformTeams } from './platformTeams';

const read = (platformTeams?: string[]) =>
  readPlatformTeams(
    mockServices.rootConfig({ data: { permission: { platformTeams } } }),
  );

describe('readPlatformTeams', () => {
  it('reads the references of groups', () => {
    const teams = ['group:default/platform', 'group:infra/sre.on-call'];
    expect(read(teams)).toEqual(teams);
  });

  it.each([[undefined], [[]]])('refuses %j: nobody would run it', teams => {
    expect(() => read(teams)).toThrow(
      /^permission\.platformTeams names no group.*FAWKES_PLATFORM_TEAM/,
    );
  });

  it.each([
    'platform',
    'default/platform',
    'group:platform',
    'Group:default/Platform',
    'user:default/lena.hofmann',
    'group:default/',
    ' group:default/platform',
    'group:default/a/b',
  ])('refuses "%s", which no group is called', team => {
    expect(() => read(['group:default/ok', team])).toThrow(
      /^permission\.platformTeams\[1\] is '.*like group:default\/platform$/,
    );
  });
});
