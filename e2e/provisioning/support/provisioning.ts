import { type APIResponse, expect } from '@playwright/test';
import type {
  CreateAnswer,
  CreateBody,
  ProvisioningRequest,
  RequestsResponse,
  RunAnswer,
  TemplatesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { PersonName } from '../../support/environment';
import type { Portal } from '../../support/portal';

/** How long a busy machine may take from the button to a healthy service; `yarn bench provisioning` says how long it takes. */
export const HEALTHY_WITHIN = { timeout: 180_000 };

/** What goes on until a person or nobody has to do something. */
const MOVING = ['accepted', 'running', 'updating', 'destroying'];

/** The provisioning plugin as other programs see it. */
export class Provisioning {
  constructor(private readonly portal: Portal) {}

  /** All that anybody asked for, as those see it who run the portal. */
  async requests(): Promise<RequestsResponse['items']> {
    const { items } = await this.portal.read<RequestsResponse>(
      'provisioning',
      '/requests',
      { limit: '100' },
    );
    return items;
  }

  async request(id: string): Promise<ProvisioningRequest> {
    return this.portal.read('provisioning', `/requests/${id}`);
  }

  /** What the portal answers somebody who wants to see a request. */
  async lookAt(id: string, name: PersonName): Promise<APIResponse> {
    return this.portal.get('provisioning', `/requests/${id}`, {}, name);
  }

  /** Whether the catalog has a component of this name. */
  async isInCatalog(name: string): Promise<boolean> {
    const response = await this.portal.get(
      'catalog',
      `/entities/by-name/component/default/${name}`,
    );
    return response.status() !== 404;
  }

  /** Asks for an API in Node.js without looking at the plan, as a program may. */
  async create(
    name: string,
    by: { person: PersonName; group: string },
  ): Promise<string> {
    const { items } = await this.portal.read<TemplatesResponse>(
      'provisioning',
      '/templates',
      {},
      by.person,
    );
    const template = items.find(each => each.name === 'node-api');
    if (!template) throw new Error('There is no template node-api');
    const body: Pick<CreateBody, 'kind' | 'name' | 'spec'> = {
      kind: 'service',
      name,
      spec: {
        schemaVersion: 1,
        template: {
          name: template.name,
          version: template.version,
          treeHash: template.treeHash,
        },
        type: template.type,
        language: template.language,
        ci: template.ci,
        owner: by.group,
        description: 'Made by the browser journeys',
        repository: { host: 'local' },
      },
    };
    const { id } = await this.portal.post<CreateAnswer>(
      'provisioning',
      '/requests',
      body,
      by.person,
    );
    return id;
  }

  /** Waits until nothing moves any more. */
  async settled(id: string): Promise<ProvisioningRequest> {
    let request: ProvisioningRequest | undefined;
    await expect
      .poll(
        async () => {
          request = await this.request(id);
          return MOVING.includes(request.state);
        },
        { message: `request ${id} moves`, ...HEALTHY_WITHIN },
      )
      .toBe(false);
    return request!;
  }

  /** Takes down what a test left, whatever state it is in. */
  async clear(names: readonly string[]): Promise<void> {
    const left = (await this.requests()).filter(
      ({ name, state }) => names.includes(name) && state !== 'destroyed',
    );
    for (const { id, name } of left) {
      await this.settled(id);
      await this.portal.post<RunAnswer>(
        'provisioning',
        `/requests/${id}/destroy`,
        { confirm: name, force: true },
        'lena',
      );
      await this.settled(id);
    }
  }
}
