/** What a package URL says about where its content came from. */
export interface Provenance {
  repository?: string;
  sha?: string;
  version?: string;
}

const HOSTS: Readonly<Record<string, string>> = {
  github: 'github.com',
  bitbucket: 'bitbucket.org',
};
const SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/i;
const REPOSITORY = /^[^\s]{1,512}$/;
/** A longer one is refused as an artifact, so nothing is read out of it. */
const LONGEST = 1_024;

/**
 * Reads the source of an artifact out of its purl: the `vcs_url` qualifier
 * (`git+https://host/owner/name@sha`), or the purl types that are repositories
 * themselves. Digests and package versions are no commits.
 *
 * @see https://github.com/package-url/purl-spec
 */
export function provenanceOf(purl: string | null | undefined): Provenance {
  if (!purl || purl.length > LONGEST) return {};
  const parsed =
    /^pkg:([a-z0-9.+-]+)\/([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?/i.exec(purl);
  if (!parsed) return {};
  const [, type, path, encodedVersion = '', query = ''] = parsed;
  const version = decode(encodedVersion);
  const qualifiers = new URLSearchParams(query);
  const fromVcs = vcsOf(qualifiers.get('vcs_url'));
  const host = HOSTS[type.toLowerCase()];
  return {
    ...(host && { repository: `${host}/${decode(path).toLowerCase()}` }),
    ...(host && SHA.test(version) && { sha: version }),
    ...fromVcs,
    ...versionOf(qualifiers.get('tag') ?? version),
  };
}

function vcsOf(vcsUrl: string | null): Provenance {
  const url = vcsUrl?.replace(/^git\+/, '') ?? '';
  const at = url.lastIndexOf('@');
  const sha = url.slice(at + 1);
  const repository = SHA.test(sha) ? url.slice(0, at) : url;
  if (!REPOSITORY.test(repository)) return {};
  return SHA.test(sha) ? { repository, sha } : { repository };
}

function versionOf(version: string): Provenance {
  const isDigest = version.includes(':') || SHA.test(version);
  return version && !isDigest && version.length <= 512 ? { version } : {};
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
