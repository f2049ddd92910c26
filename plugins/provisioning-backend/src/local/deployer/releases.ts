import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Releases on disk: a folder per service, in it one per digest. What is there
 * was built and tested; what is being built has another name.
 */
export class Releases {
  /** @param root - may be entered by users that services run as */
  constructor(private readonly root: string) {}

  /** The files of a release; undefined when it was not built, or is gone. */
  async find(service: string, digest: string): Promise<string | undefined> {
    const place = this.placeOf(service, digest);
    return (await exists(place)) ? join(place, 'app') : undefined;
  }

  /** An empty folder to build in. */
  async begin(service: string): Promise<string> {
    const place = join(this.folderOf(service), `building-${randomUUID()}`);
    await mkdir(place, { recursive: true, mode: 0o755 });
    return place;
  }

  /** Makes what was built there a release; returns its files. */
  async keep(service: string, digest: string, place: string): Promise<string> {
    const target = this.placeOf(service, digest);
    try {
      await rename(place, target);
    } catch (error) {
      // The same was built twice at once; one is as good as the other.
      if (!(await exists(target))) throw error;
      await rm(place, { recursive: true, force: true });
    }
    return join(target, 'app');
  }

  /** Deletes all releases of a service but these; what is being built is left alone. */
  async prune(service: string, keep: readonly string[]): Promise<void> {
    const folder = this.folderOf(service);
    for (const name of await list(folder)) {
      if (DIGEST.test(name) && !keep.includes(name)) {
        await rm(join(folder, name), { recursive: true, force: true });
      }
    }
  }

  /** Deletes everything of a service. */
  async remove(service: string): Promise<void> {
    await rm(this.folderOf(service), { recursive: true, force: true });
  }

  /** Deletes what a crash left unfinished; nothing may be building. */
  async tidy(): Promise<void> {
    for (const service of await list(this.root)) {
      for (const name of await list(join(this.root, service))) {
        if (DIGEST.test(name)) continue;
        const place = join(this.root, service, name);
        await rm(place, { recursive: true, force: true });
      }
    }
  }

  private placeOf(service: string, digest: string): string {
    if (!DIGEST.test(digest)) throw new Error('A release is named by a digest');
    return join(this.folderOf(service), digest);
  }

  private folderOf(service: string): string {
    if (!ID.test(service)) throw new Error(`${service} is no id of a service`);
    return join(this.root, service);
  }
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
