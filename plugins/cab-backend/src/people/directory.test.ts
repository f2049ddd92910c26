import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { organisation, user } from '../__testUtils__/organisation';
import { Directory } from './directory';

const identity = {
  annotations: ['github.com/user-login'],
  aliases: [
    {
      user: 'user:default/sam',
      emails: ['old@example.com'],
      accounts: [{ provider: 'gitlab.com', id: '7' }],
    },
  ],
};

function directoryOf(entities: Entity[]) {
  const known = new Map(
    entities.map(each => [
      `${each.kind}:default/${each.metadata.name}`.toLowerCase(),
      each,
    ]),
  );
  return new Directory(
    {
      auth: mockServices.auth(),
      catalog: {
        getEntitiesByRefs: async ({ entityRefs }) => ({
          items: entityRefs.map(ref => known.get(ref)),
        }),
      },
    },
    identity,
  );
}

describe('the directory', () => {
  const directory = directoryOf(organisation());

  it('knows people with their accounts, addresses, aliases and groups of groups', async () => {
    expect(await directory.person('user:default/sam')).toEqual({
      userRef: 'user:default/sam',
      emails: ['sam@example.com', 'old@example.com'],
      accounts: [
        { provider: 'github.com', login: 'sam' },
        { provider: 'gitlab.com', id: '7' },
      ],
      groups: ['group:default/everybody', 'group:default/shopping'],
    });
    expect((await directory.person('user:default/lone'))?.accounts).toEqual([]);
  });

  it('knows nobody who is not there, and no group as a person', async () => {
    expect(await directory.person('user:default/nobody')).toBeUndefined();
    expect(await directory.person('group:default/board')).toBeUndefined();
  });

  it('lists a group with all below it, once each, circles included', async () => {
    expect(await directory.membersOf(['group:default/everybody'])).toEqual(
      ['ada', 'eve', 'lone', 'pam', 'pat', 'pia', 'sam', 'sue'].map(
        name => `user:default/${name}`,
      ),
    );
    const round = organisation().map(each =>
      each.metadata.name === 'shopping'
        ? {
            ...each,
            relations: [
              ...each.relations!,
              { type: 'parentOf', targetRef: 'group:default/everybody' },
              { type: 'childOf', targetRef: 'group:default/shopping' },
            ],
          }
        : each,
    );
    const circular = directoryOf([...round, user('x', ['shopping'])]);
    expect(await circular.membersOf(['group:default/shopping'])).toHaveLength(
      8,
    );
    expect((await circular.person('user:default/x'))?.groups).toHaveLength(2);
  });
});
