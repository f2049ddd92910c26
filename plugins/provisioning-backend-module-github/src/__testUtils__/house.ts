import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EffectType,
  NormalSpec,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { RenderedFile } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type {
  EffectContext,
  EffectOutput,
  EffectRequest,
  EffectResult,
} from '@fawkes/backstage-plugin-provisioning-node';
import { readGithubOptions } from '../config';
import type { ConnectionParts } from '../connections';
import { GithubDriver } from '../githubDriver';
import { StandIn, TOKEN } from './standIn';

export const REQUEST_ID = '019a0000-0000-7000-8000-000000000001';

/** The spec of a service on the stand-in. */
export function specOn(
  other: Partial<Extract<NormalSpec['repository'], { host: 'github' }>> = {},
): NormalSpec {
  return {
    schemaVersion: 1,
    template: { name: 'node-api', version: '1.0.0', treeHash: 'a'.repeat(64) },
    type: 'api',
    language: 'node',
    ci: 'github-actions',
    owner: 'group:default/payments',
    title: null,
    description: 'Takes payments',
    repository: {
      host: 'github',
      server: 'github.test',
      owner: 'acme',
      visibility: 'private',
      ...other,
    },
    system: null,
    lifecycle: 'experimental',
  };
}

/** Rendered files of texts; one whose name ends in `.sh` is executable. */
export function filesOf(texts: Record<string, string>): RenderedFile[] {
  return Object.entries(texts).map(([path, text]) => ({
    path,
    mode: path.endsWith('.sh') ? '755' : '644',
    bytes: Buffer.from(text),
  }));
}

/** A small service. */
export const FILES = filesOf({
  '.github/workflows/ci.yml': 'name: ci\non: push\n',
  'README.md': '# Pay\n',
  'bin/run.sh': '#!/bin/sh\nexec node\n',
  'catalog-info.yaml': 'kind: Component\n',
  'src/main.ts': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n',
});

/** A driver with a stand-in, and the ledger that a run would keep. */
export class House {
  readonly standIn = new StandIn();
  files: readonly RenderedFile[] = FILES;
  request: EffectRequest = requestOf();
  purge = false;
  outputs = new Map<EffectType, EffectOutput>();
  lines: string[] = [];
  /** What was waited for, in milliseconds; nobody really waits. */
  waits: number[] = [];
  /** Called before each request, as the lease is. */
  beforeCall: () => void = () => {};
  stop = new AbortController();
  parts!: ConnectionParts;
  driver!: GithubDriver;
  catalog: Partial<CatalogService> = {};
  settings: object = {};

  async start(): Promise<void> {
    const apiBaseUrl = await this.standIn.start();
    this.configure(apiBaseUrl);
  }

  /** Builds the driver with settings and the token of an integration. */
  configure(apiBaseUrl: string, settings: object = {}, token = TOKEN): void {
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          github: [
            { host: 'github.test', apiBaseUrl, ...(token && { token }) },
          ],
        },
        provisioning: {
          github: {
            allowed: [{ server: 'github.test', owner: 'acme' }],
            ...settings,
          },
        },
      },
    });
    const integrations = ScmIntegrations.fromConfig(config);
    this.parts = {
      options: readGithubOptions(config, integrations),
      credentials:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      wait: async (milliseconds, signal) => {
        this.waits.push(milliseconds);
        signal.throwIfAborted();
      },
    };
    this.driver = new GithubDriver(this.parts, {
      catalog: this.catalog as CatalogService,
      auth: mockServices.auth(),
    });
  }

  reset(): void {
    this.standIn.reset();
    this.files = FILES;
    this.request = requestOf();
    this.purge = false;
    this.outputs.clear();
    this.lines = [];
    this.waits = [];
    this.beforeCall = () => {};
    this.stop = new AbortController();
  }

  context(type: EffectType, attempt = 1): EffectContext {
    return {
      request: this.request,
      run: {
        id: '019a0000-0000-7000-8000-0000000000aa',
        kind: 'create',
        initiator: 'user:default/mira',
        purge: this.purge,
      },
      effect: { id: type, type, attempt, marker: `run-1.${type}` },
      bundle: async () => this.files,
      outputOf: other => this.outputs.get(other),
      log: text => void this.lines.push(text),
      beforeCall: () => this.beforeCall(),
      signal: this.stop.signal,
    };
  }

  /** Makes an effect, and keeps what a done one left. */
  async make(type: EffectType): Promise<EffectResult> {
    return this.keep(type, await this.driver.make(this.context(type)));
  }

  lookUp(type: EffectType) {
    return this.driver.lookUp(this.context(type));
  }

  /**
   * What the runner does: makes it; where nobody knows what became of it, looks;
   * sends again what is not there.
   */
  async run(type: EffectType, most = 20): Promise<EffectResult> {
    for (let attempt = 1; attempt <= most; attempt++) {
      const context = this.context(type, attempt);
      const made = await this.driver
        .make(context)
        .catch(() => ({ state: 'unknown' } as const));
      if (made.state !== 'unknown') return this.keep(type, made);
      const seen = await this.driver
        .lookUp(context)
        .catch(() => ({ state: 'unreadable' } as const));
      if (seen.state === 'done' || seen.state === 'failed') {
        return this.keep(type, seen);
      }
    }
    throw new Error(`${type} came to no end`);
  }

  private keep(type: EffectType, result: EffectResult): EffectResult {
    if (result.state === 'done' && result.output) {
      this.outputs.set(type, result.output);
    }
    return result;
  }
}

function requestOf(): EffectRequest {
  return {
    id: REQUEST_ID,
    kind: 'service',
    namespace: 'default',
    name: 'pay',
    owner: 'group:default/payments',
    requester: 'user:default/mira',
    practice: false,
    spec: specOn(),
    revision: 1,
    bundleDigest: 'b'.repeat(64),
  };
}
