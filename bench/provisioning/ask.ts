import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  CreateAnswer,
  EffectsResponse,
  Plan,
  ProvisioningRequest,
} from '@fawkes/backstage-plugin-provisioning-common';
import { readTemplate } from '@fawkes/backstage-plugin-provisioning-node';
import {
  MIRA,
  PAYMENTS,
} from '../../plugins/provisioning-backend/src/__testUtils__/organisation';

/** The API of a backend, asked as Mira of payments, who may do it all. */
export class Api {
  constructor(private readonly url: string) {}

  async get<T>(path: string): Promise<T> {
    return this.#send('GET', path);
  }

  async post<T>(path: string, body: object): Promise<T> {
    return this.#send('POST', path, body);
  }

  async #send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/api/provisioning${path}`, {
      method,
      headers: {
        authorization: mockCredentials.user.header(MIRA),
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return JSON.parse(text) as T;
  }

  plan(body: object): Promise<Plan> {
    return this.post('/plan', body);
  }

  create(body: object): Promise<CreateAnswer> {
    return this.post('/requests', body);
  }

  request(id: string): Promise<ProvisioningRequest> {
    return this.get(`/requests/${id}`);
  }

  effects(id: string): Promise<EffectsResponse> {
    return this.get(`/requests/${id}/effects`);
  }
}

/** What a form sends for a service of the template in a folder. */
export async function formOf(name: string, template: string) {
  const { ref } = await readTemplate(template);
  return {
    kind: 'service',
    name,
    spec: {
      schemaVersion: 1,
      template: ref,
      type: 'api',
      language: 'node',
      ci: 'github-actions',
      owner: PAYMENTS,
      description: 'Made by the benchmark',
      repository: { host: 'local' },
    },
  };
}
