import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type UserEntity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { tables } from '../store/tables';

/** What is asked of the catalog about people, by the plugin itself. */
export function peopleOf({
  auth,
  catalog,
  db,
  owners,
  revokers,
}: {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'streamEntities'>;
  db: Knex;
  /** Groups by the id of the source they look after. */
  owners: ReadonlyMap<string, string>;
  revokers: ReadonlySet<string>;
}) {
  const asked = async () => ({
    credentials: await auth.getOwnServiceCredentials(),
  });
  return {
    /** The address of a person, as the catalog has it. */
    async emailOf(userRef: string): Promise<string | undefined> {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: [userRef], fields: ['kind', 'spec.profile'] },
        await asked(),
      );
      const email = (items[0] as UserEntity | undefined)?.spec?.profile?.email;
      return email?.trim() || undefined;
    },
    /** What a person is called, as the catalog has it. */
    async nameOf(userRef: string): Promise<string | undefined> {
      const { items } = await catalog.getEntitiesByRefs(
        {
          entityRefs: [userRef],
          fields: ['kind', 'metadata.title', 'spec.profile'],
        },
        await asked(),
      );
      const user = items[0] as UserEntity | undefined;
      return user?.spec?.profile?.displayName ?? user?.metadata?.title;
    },
    /** Direct members of the owners of a curriculum, and whom the settings name. */
    async revokersOf(curriculum: string): Promise<ReadonlySet<string>> {
      const row = await db(tables.curricula.name)
        .where({ id: curriculum })
        .first('source');
      const owner = row && owners.get(row.source);
      if (!owner) return revokers;
      const members: string[] = [];
      for await (const some of catalog.streamEntities(
        {
          filter: { kind: 'User', 'relations.memberOf': owner },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        await asked(),
      )) {
        members.push(
          ...some.map(entity => stringifyEntityRef(entity).toLowerCase()),
        );
      }
      return new Set([...revokers, ...members]);
    },
  };
}
