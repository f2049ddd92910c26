import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { chmodSync, mkdirSync } from 'node:fs';
import type { BuildRequest } from '../deployer/build';
import {
  Deployer,
  type DeployerOptions,
  type DeployRequest,
} from '../deployer/deployer';
import { createRepository } from '../gitRemote/repository';
import { BoundedLog } from '../logs/boundedLog';
import { probeSandbox } from '../sandbox/probe';
import type { Sandbox } from '../sandbox/sandbox';
import { TestClock } from './testClock';
import { TestChildren, TestRows } from './testPortal';
import { WorkingCopy } from './testRemote';
import { testService, type TestServiceOptions } from './testService';

/** Id of the service of these tests. */
export const SERVICE = 'service-1';
/** What the portal knows, and a service must not. */
export const SECRET = 'planted-secret-of-the-portal';

/** A deployer with a real repository, in the sandbox that this computer has. */
export class DeployerHarness {
  readonly directory = createMockDirectory();
  sandbox!: Sandbox;
  repository = '';
  copy!: WorkingCopy;
  rows = new TestRows();
  children = new TestChildren();
  clock = new TestClock();
  deployer!: Deployer;

  constructor() {
    beforeAll(async () => {
      chmodSync(this.directory.path, 0o755);
      const probe = this.directory.resolve('probe');
      mkdirSync(probe);
      const found = await probeSandbox({ directory: probe });
      if (!found.supported) throw new Error(found.words[0].text);
      this.sandbox = found;
      this.repository = this.directory.resolve('r.git');
      await createRepository(this.repository);
      this.copy = await WorkingCopy.init(this.directory.resolve('copy'));
      await this.copy.git('remote', 'add', 'origin', this.repository);
    });
    beforeEach(async () => {
      this.rows = new TestRows();
      this.children = new TestChildren();
      this.clock = new TestClock();
      await this.restart();
    });
    afterEach(async () => {
      await this.deployer.close();
      await this.deployer.remove(SERVICE);
      await this.deployer.close();
      const { alive } = this.children;
      if (alive.length > 0) throw new Error(`${alive.length} are still alive`);
    });
  }

  /** Stops the portal, and starts it again. */
  async restart(change: Partial<DeployerOptions> = {}): Promise<void> {
    await this.deployer?.close();
    this.deployer = new Deployer({
      logger: mockServices.logger.mock(),
      sandbox: this.sandbox,
      directory: this.directory.resolve('local'),
      rows: this.rows,
      children: this.children,
      clock: this.clock,
      secrets: [SECRET],
      rules: { every: 50, within: 10_000 },
      ...change,
    });
    await this.deployer.start();
  }

  /** Pushes a service; returns the commit. */
  async commit(options: TestServiceOptions): Promise<string> {
    const sha = await this.copy.commit('change', testService(options));
    await this.copy.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
    return sha;
  }

  /** Pushes and builds a service. */
  async build(
    options: TestServiceOptions = {},
    change: Partial<BuildRequest> = {},
  ) {
    const log = new BoundedLog();
    const built = await this.deployer.build({
      service: SERVICE,
      repository: this.repository,
      commit: await this.commit(options),
      log,
      ...change,
    });
    return { built, text: log.text() };
  }

  /** Builds a release; returns its digest. */
  async release(options: TestServiceOptions = {}): Promise<string> {
    const { built, text } = await this.build(options);
    if (!built.green) throw new Error(`${built.failed} ${built.why}: ${text}`);
    return built.digest;
  }

  deploy(release: string, change: Partial<DeployRequest> = {}) {
    return this.deployer.deploy({
      service: SERVICE,
      release,
      kind: 'deploy',
      ...change,
    });
  }

  /** The row of the service. */
  get row() {
    return this.rows.rows.get(SERVICE);
  }

  /** Calls the service at its address. */
  call(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.row?.port}${path}`, init);
  }

  /** What the service says of itself. */
  async greeting(): Promise<string> {
    const answer = await (await this.call('/')).json();
    return (answer as { greeting: string }).greeting;
  }
}
