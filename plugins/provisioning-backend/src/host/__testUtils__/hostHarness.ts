import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { DeliveryEventInput } from '@fawkes/backstage-plugin-delivery-common';
import type { EffectRequest } from '../../effects/driver';
import type { LocalHost } from '../../effects/localHost';
import { TestClock } from '../../local/__testUtils__/testClock';
import { WorkingCopy } from '../../local/__testUtils__/testRemote';
import { sandboxOf } from '../../local/__testUtils__/sandboxes';
import type { Sandbox } from '../../local';
import type { Knex } from 'knex';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LocalHostOptions } from '../options';
import { startLocalHost } from '../startLocalHost';
import { MIRA, TestCore } from './testCore';

const MIGRATIONS = join(__dirname, '../../../migrations');

/** What was told to the delivery plugin; how it answers is up to a test. */
export class TestDelivery {
  readonly told: DeliveryEventInput[] = [];
  answer: 'taken' | 'absent' | 'away' = 'taken';

  readonly tell: LocalHostOptions['delivery']['tell'] = async ({ events }) => {
    if (this.answer === 'away') throw new Error('It is away');
    if (this.answer === 'absent') return undefined;
    this.told.push(...events);
    return {
      accepted: events.length,
      duplicate: 0,
      rejected: 0,
      results: events.map(() => ({ status: 'accepted' as const })),
    };
  };

  /** Deployments as `status kind`, in the order they were told. */
  get deployments(): string[] {
    return this.told.flatMap(event =>
      event.type === 'deployment' ? [`${event.status} ${event.kind}`] : [],
    );
  }

  get commits(): string[] {
    return this.told.flatMap(event =>
      event.type === 'change' && event.kind === 'commit' ? [event.sha] : [],
    );
  }
}

/** A local host with the real git and the sandbox of this computer, and a core that is none. */
export class HostHarness {
  readonly delivery = new TestDelivery();
  readonly events = mockServices.events.mock();
  readonly logger = mockServices.logger.mock();
  core = new TestCore();
  clock = new TestClock();
  db!: Knex;
  host!: LocalHost;
  private options: Partial<LocalHostOptions> = {};

  /** Starts one before each test of a file, and ends it after. */
  static each(
    databaseId: TestDatabaseId = 'SQLITE_3',
    options: Partial<LocalHostOptions> = {},
  ): { current: HostHarness } {
    const databases = TestDatabases.create({ ids: [databaseId] });
    const at = { current: undefined as unknown as HostHarness };
    const directory = createMockDirectory();
    // What the sandbox mounts stays for all tests of a file.
    const probed = createMockDirectory();
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await sandboxOf('portal', probed.path);
    });
    beforeEach(async () => {
      directory.clear();
      at.current = new HostHarness(directory);
      at.current.db = await databases.init(databaseId);
      await at.current.begin({ sandbox, ...options });
    });
    afterEach(async () => {
      await at.current.host.close();
    });
    return at;
  }

  private constructor(readonly directory: { readonly path: string }) {}

  private async begin(options: Partial<LocalHostOptions>) {
    for (const each of [dirname(this.directory.path), this.directory.path]) {
      chmodSync(each, 0o755);
    }
    mkdirSync(this.local, { recursive: true });
    await this.db.migrate.latest({ directory: MIGRATIONS });
    this.options = options;
    await this.start();
  }

  /** Folder of the local host. */
  get local(): string {
    return join(this.directory.path, 'local');
  }

  /** Starts the local host; what is there is what an earlier one left. */
  async start(options: Partial<LocalHostOptions> = {}): Promise<void> {
    this.host = await startLocalHost(this.core, {
      db: this.db,
      logger: this.logger,
      directory: this.local,
      events: this.events,
      delivery: this.delivery,
      credentials: async () => mockCredentials.service(),
      clock: this.clock,
      rules: { every: 50, within: 10_000 },
      ...this.options,
      ...options,
    });
    this.core.drivers = this.host.drivers;
  }

  async restart(options: Partial<LocalHostOptions> = {}): Promise<void> {
    await this.host.close();
    await this.start(options);
  }

  /** The address of a repository with a fresh token of a person. */
  async urlFor(request: EffectRequest, user: string = MIRA): Promise<string> {
    const made = await this.host.makeToken(user, request.id);
    const url = new URL((await this.host.cloneUrlOf(request.id))!);
    url.username = made.user;
    url.password = made.token;
    return url.href;
  }

  /** A person's clone. */
  async clone(
    request: EffectRequest,
    user: string = MIRA,
    folder: string = 'copy',
  ): Promise<WorkingCopy> {
    return WorkingCopy.clone(
      await this.urlFor(request, user),
      join(this.directory.path, folder),
    );
  }
}
