import type { Entity } from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_TEMPLATE,
  ANNOTATION_TEMPLATE_TREE,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { ServiceTemplate } from '@fawkes/backstage-plugin-provisioning-node';

const LOCATION = 'service-templates:package';

/**
 * Puts the templates of this package into the catalog. They are where the package
 * is, so they come without a location, an address or a rule for templates.
 */
export class TemplatesProvider implements EntityProvider {
  constructor(private readonly read: () => Promise<ServiceTemplate[]>) {}

  getProviderName(): string {
    return 'service-templates';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const templates = await this.read();
    await connection.applyMutation({
      type: 'full',
      entities: templates.map(template => ({
        entity: entityOf(template),
        locationKey: this.getProviderName(),
      })),
    });
  }
}

function entityOf({ entity, ref }: ServiceTemplate): Entity {
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        [ANNOTATION_TEMPLATE]: ref.name,
        [ANNOTATION_TEMPLATE_TREE]: ref.treeHash,
        'backstage.io/managed-by-location': LOCATION,
        'backstage.io/managed-by-origin-location': LOCATION,
      },
    },
  };
}
