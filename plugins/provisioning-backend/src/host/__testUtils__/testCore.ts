import type {
  EffectType,
  NormalSpec,
  RunKind,
  ServiceType,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  bundleDigestOf,
  type RenderedFile,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { createHash, randomBytes } from 'node:crypto';
import type {
  EffectContext,
  EffectDriver,
  EffectOutput,
  EffectRequest,
  EffectResult,
  EffectRun,
  Sighting,
} from '../../effects/driver';
import type { LocalHostAsks, PushedMain } from '../../effects/localHost';

export const MIRA = 'user:default/mira';
export const JONAS = 'user:default/jonas';
export const TEAM = 'group:default/payments';

/** An id as the ledger gives them. */
export function uuidV7(at: number = Date.now()): string {
  const time = at.toString(16).padStart(12, '0');
  const rest = randomBytes(10).toString('hex');
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${rest.slice(1, 4)}`,
    `8${rest.slice(5, 8)}`,
    rest.slice(8, 20),
  ].join('-');
}

/** A spec of a local service. */
export function specOf(change: Partial<NormalSpec> = {}): NormalSpec {
  return {
    schemaVersion: 1,
    template: { name: 'node-api', version: '1.0.0', treeHash: '0'.repeat(64) },
    type: 'api' as ServiceType,
    language: 'node',
    ci: 'github-actions',
    owner: TEAM,
    title: null,
    description: 'Pays',
    repository: { host: 'local' },
    system: null,
    lifecycle: 'experimental',
    ...change,
  };
}

/** Files by path, as a bundle. */
export function bundleOf(files: Record<string, string>): RenderedFile[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    mode: '644',
    bytes: Buffer.from(text),
  }));
}

const hash = (data: string | Uint8Array) =>
  createHash('sha256').update(data).digest('hex');

/** What `made` makes an effect's context with. */
export interface Asked {
  run?: Partial<EffectRun>;
  attempt?: number;
  signal?: AbortSignal;
  beforeCall?(): void;
}

/** The core as the local host knows it: one request, its runs, and what it was told. */
export class TestCore implements LocalHostAsks {
  readonly requests = new Map<string, EffectRequest>();
  readonly bundles = new Map<string, readonly RenderedFile[]>();
  readonly pushes: PushedMain[] = [];
  readonly changes: string[] = [];
  /** Lines of effects' logs. */
  readonly lines: string[] = [];
  /** Called before a push is kept. */
  onPushed: () => void = () => {};
  drivers: readonly EffectDriver[] = [];
  newestFiles: { version: string; files: readonly RenderedFile[] } | undefined;
  private readonly outputs = new Map<string, EffectOutput>();

  /** Takes a request on. */
  add(
    files: Record<string, string>,
    change: Partial<EffectRequest> = {},
  ): EffectRequest {
    const bundle = bundleOf(files);
    const request: EffectRequest = {
      id: uuidV7(),
      kind: 'service',
      namespace: 'default',
      name: 'pay',
      owner: TEAM,
      requester: MIRA,
      practice: false,
      spec: specOf(),
      revision: 1,
      bundleDigest: bundleDigestOf(
        bundle.map(({ path, mode, bytes }) => ({
          path,
          mode,
          sha256: hash(bytes),
        })),
        hash,
      ),
      ...change,
    };
    this.requests.set(request.id, request);
    this.bundles.set(`${request.id}/${request.revision}`, bundle);
    return request;
  }

  /** The next revision of a request. */
  revise(
    request: EffectRequest,
    files: Record<string, string>,
    change: Partial<EffectRequest> = {},
  ): EffectRequest {
    return this.add(files, {
      ...request,
      revision: request.revision + 1,
      ...change,
    });
  }

  async requestOf(id: string) {
    return this.requests.get(id);
  }

  async requestNamed(namespace: string, name: string) {
    return [...this.requests.values()].find(
      each => each.namespace === namespace && each.name === name,
    );
  }

  async mayUse(userRef: string) {
    return {
      pull: userRef === MIRA || userRef === JONAS,
      push: userRef === MIRA,
    };
  }

  async pushed(push: PushedMain) {
    this.onPushed();
    this.pushes.push(push);
  }

  changed(requestId: string) {
    this.changes.push(requestId);
  }

  async newest() {
    return this.newestFiles;
  }

  /** A run, as the ledger would number it. */
  run(kind: RunKind = 'create', change: Partial<EffectRun> = {}): EffectRun {
    return { id: uuidV7(), kind, initiator: MIRA, ...change };
  }

  /** The context of an effect. */
  contextOf(
    type: EffectType,
    request: EffectRequest,
    run: EffectRun,
    { attempt = 1, signal, beforeCall }: Asked = {},
  ): EffectContext {
    return {
      request,
      run,
      effect: { id: type, type, attempt, marker: `${run.id}/${type}` },
      bundle: async () =>
        this.bundles.get(`${request.id}/${request.revision}`) ?? [],
      outputOf: wanted => this.outputs.get(`${request.id}/${wanted}`),
      log: (text, stream = 'portal') => {
        this.lines.push(`${stream} ${text}`);
      },
      beforeCall: beforeCall ?? (() => {}),
      signal: signal ?? new AbortController().signal,
    };
  }

  /** Makes an effect, and keeps what it left. */
  async make(
    type: EffectType,
    request: EffectRequest,
    run: EffectRun = this.run(),
    asked: Asked = {},
  ): Promise<EffectResult> {
    const context = this.contextOf(type, request, run, asked);
    const result = await this.driverOf(type).make(context);
    if (result.state === 'done' && result.output) {
      this.outputs.set(`${request.id}/${type}`, result.output);
    }
    return result;
  }

  lookUp(
    type: EffectType,
    request: EffectRequest,
    run: EffectRun,
  ): Promise<Sighting> {
    return this.driverOf(type).lookUp(this.contextOf(type, request, run));
  }

  private driverOf(type: EffectType): EffectDriver {
    const driver = this.drivers.find(({ types }) => types.includes(type));
    if (!driver) throw new Error(`Nobody makes ${type}`);
    return driver;
  }
}
