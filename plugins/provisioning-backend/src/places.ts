import type {
  Isolation,
  RepositoryHost,
  TemplatesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { REPOSITORY_HOSTS } from '@fawkes/backstage-plugin-provisioning-common';
import type { RepositoryFact } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { conflict } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type {
  RepositoryPlaces,
  WantedRepository,
} from '@fawkes/backstage-plugin-provisioning-node';
import { NotAllowedError } from '@backstage/errors';
import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import type { ProvisioningConfig } from './config';
import type { LocalHost } from './effects/localHost';
import { say } from './words';

/** Where repositories can be, on this computer and elsewhere. */
export class Places {
  constructor(
    private readonly config: Pick<ProvisioningConfig, 'local'>,
    private readonly localHost: () => LocalHost | undefined,
    private readonly others: ReadonlyMap<RepositoryHost, RepositoryPlaces>,
  ) {}

  /** What is known of a host that is not this computer. */
  of(host: RepositoryHost): RepositoryPlaces | undefined {
    return this.others.get(host);
  }

  /** Whether something here builds and runs services of a host. */
  deploys(host: RepositoryHost): boolean {
    return host === 'local' && (this.localHost()?.deploys() ?? false);
  }

  /** What keeps services of a host from the computer that runs them; null where none does. */
  isolation(host: RepositoryHost): Isolation | null {
    return host === 'local' ? this.localHost()?.isolation() ?? null : null;
  }

  /** Looks at the repository of a service; changes nothing. */
  async observe(wanted: WantedRepository): Promise<RepositoryFact> {
    const { host } = wanted.spec.repository;
    try {
      const fact =
        host === 'local'
          ? await this.localHost()?.observe(wanted)
          : await this.others.get(host)?.observe(wanted);
      return fact ?? 'unknown';
    } catch {
      // Whatever it was: nobody knows, and the plan says so.
      return 'unknown';
    }
  }

  /** Every host, for the form. */
  all(): TemplatesResponse['hosts'] {
    return REPOSITORY_HOSTS.map(host => {
      const { available, words } = this.stateOf(host);
      return {
        host,
        available,
        words,
        isolation: this.isolation(host),
        places: [...this.in(host)],
      };
    });
  }

  /**
   * Refuses a spec whose repository cannot be made here.
   *
   * @throws ConflictError `NOT_AVAILABLE`, or NotAllowedError outside of the allow-list
   */
  check({ repository }: NormalSpec): void {
    const { available, words } = this.stateOf(repository.host);
    if (!available) {
      throw conflict('NOT_AVAILABLE', words.text, {
        details: { host: repository.host, words },
      });
    }
    if (repository.host === 'local') return;
    const { server, owner } = repository;
    const allowed = this.in(repository.host).some(
      place => place.server === server && place.owner === owner,
    );
    if (!allowed) {
      throw new NotAllowedError(
        `spec.repository: repositories in ${server}/${owner} are not allowed here; whoever runs the portal adds it to provisioning.${repository.host}.allowed`,
      );
    }
  }

  private in(host: RepositoryHost) {
    return this.others.get(host)?.places() ?? [];
  }

  private stateOf(host: RepositoryHost) {
    if (host !== 'local') {
      const place = this.others.get(host);
      return place
        ? { available: place.available(), words: place.words() }
        : { available: false, words: say('host.none', { host }) };
    }
    const local = this.localHost();
    if (!local) {
      const words = this.config.local
        ? say('host.local.absent')
        : say('host.local.off');
      return { available: false, words };
    }
    const obstacle = local.obstacle();
    return { available: !obstacle, words: obstacle ?? local.words() };
  }
}
