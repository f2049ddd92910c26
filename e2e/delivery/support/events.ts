import { randomBytes } from 'node:crypto';
import type { DeliveryEvent } from './delivery';

/** The moment it is now, as events say it. */
export const now = () => new Date().toISOString();

/** A git object id nobody has seen before. */
export const newSha = () => randomBytes(20).toString('hex');

/** A deployment that has just reached production. */
export function deployed(
  source: string,
  service: string,
  version: string,
): DeliveryEvent {
  return {
    type: 'deployment',
    source,
    id: `${service}-${version}`,
    occurredAt: now(),
    finishedAt: now(),
    service: `component:default/${service}`,
    environment: 'production',
    status: 'success',
    version,
  };
}

/** GitHub's `deployment_status` for a deployment that has just succeeded, as far as it is read. */
export function deploymentStatus(repository: string, ref: string) {
  const id = Math.floor(Math.random() * 2 ** 40);
  return {
    action: 'created',
    deployment_status: {
      state: 'success',
      environment: 'production',
      created_at: now(),
      log_url: `https://github.com/${repository}/actions/runs/${id}`,
    },
    deployment: {
      id,
      sha: newSha(),
      ref,
      task: 'deploy',
      environment: 'production',
      created_at: now(),
      payload: {},
    },
    repository: {
      full_name: repository,
      html_url: `https://github.com/${repository}`,
    },
  };
}

/** A CDEvent `service.deployed`, wrapped as a CloudEvent. */
export function serviceDeployed(source: string, service: string, id: string) {
  const type = 'dev.cdevents.service.deployed.0.3.0';
  return {
    id,
    source,
    type,
    time: now(),
    datacontenttype: 'application/json',
    data: {
      context: {
        specversion: '0.5.1',
        id,
        source,
        type,
        timestamp: now(),
      },
      subject: {
        id: `component:default/${service}`,
        source,
        content: {
          environment: { id: 'production' },
          artifactId: `pkg:oci/${service}@sha256%3A${newSha()}`,
        },
      },
    },
  };
}
