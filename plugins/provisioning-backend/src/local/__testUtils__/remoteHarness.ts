import { createMockDirectory } from '@backstage/backend-test-utils';
import type { GitRemoteOptions } from '../gitRemote/gitRemote';
import { TestRemote, WorkingCopy } from './testRemote';

/** A remote with one repository and a person's copy, anew for each test of a file. */
export class RemoteHarness {
  readonly directory = createMockDirectory();
  served!: TestRemote;
  /** Where the repository is. */
  repository = '';
  copy!: WorkingCopy;

  constructor() {
    beforeEach(async () => {
      this.directory.clear();
      await this.begin();
    });
    afterEach(() => this.served.remote.stop());
  }

  async begin(
    options: Partial<GitRemoteOptions> = {},
    port?: number,
  ): Promise<void> {
    const root = this.directory.resolve('repositories');
    this.served = new TestRemote(root, options);
    this.repository = await this.served.add('default/pay');
    await this.served.remote.start(port);
    this.copy = await WorkingCopy.init(this.directory.resolve('copy'));
  }

  /** Begins again with other options. */
  async beginAgain(
    options: Partial<GitRemoteOptions>,
    port?: number,
  ): Promise<void> {
    await this.served.remote.stop();
    await this.begin(options, port);
  }

  push(user: string, ...refs: string[]): Promise<string> {
    return this.copy.git('push', '--quiet', this.served.urlFor(user), ...refs);
  }
}
