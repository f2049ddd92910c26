import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';
import { textIn } from '../rendered';
import { filesIn, oneByOne } from './checker';

/** The policies that a catalog holds every entity to, and the schemas of the kinds we make. */
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const kinds = [componentEntityV1alpha1Validator, apiEntityV1alpha1Validator];

async function check(entity: Entity): Promise<void> {
  await policy.enforce(entity);
  for (const kind of kinds) if (await kind.check(entity)) return;
  throw new Error(`${entity.kind} is of no kind that we make`);
}

/** What the catalog would say of the entities of a service, with the files that they take in. */
export const entities = oneByOne(async bundle => {
  const faults: string[] = [];
  for (const [path, text] of filesIn(bundle, /^catalog-info\.yaml$/)) {
    for (const document of parseAllDocuments(text)) {
      const entity = document.toJSON();
      try {
        const { definition } = entity.spec ?? {};
        if (definition?.$text) {
          const file = definition.$text.replace(/^\.\//, '');
          entity.spec.definition = textIn(bundle, file);
        }
        await check(entity);
      } catch (error) {
        faults.push(`${path}: ${(error as Error).message}`);
      }
    }
  }
  return faults;
});
