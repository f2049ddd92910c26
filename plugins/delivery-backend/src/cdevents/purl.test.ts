import { provenanceOf } from './purl';

const sha = '0123456789012345678901234567890123456789';

describe('provenanceOf', () => {
  it.each<[string, object]>([
    [`pkg:github/Acme/Pay@${sha}`, { repository: 'github.com/acme/pay', sha }],
    [
      'pkg:github/acme/pay@v1.2.3',
      { repository: 'github.com/acme/pay', version: 'v1.2.3' },
    ],
    [
      `pkg:bitbucket/acme/pay@${sha}`,
      { repository: 'bitbucket.org/acme/pay', sha },
    ],
    ['pkg:oci/app@sha256%3A5e5e', {}],
    ['pkg:oci/app@sha256:5e5e?tag=1.2', { version: '1.2' }],
    ['pkg:npm/%40acme/pay@1.2.3', { version: '1.2.3' }],
    [
      'pkg:golang/git.acme.example/acme/pay@5eb2f1c07a94',
      { version: '5eb2f1c07a94' },
    ],
    [
      `pkg:npm/pay@1.0.0?vcs_url=git%2Bhttps://gitlab.example/acme/pay.git%40${sha}`,
      {
        repository: 'https://gitlab.example/acme/pay.git',
        sha,
        version: '1.0.0',
      },
    ],
    [
      `pkg:generic/pay?vcs_url=git%2Bssh://git%40gitlab.example/acme/pay%40${sha}`,
      { repository: 'ssh://git@gitlab.example/acme/pay', sha },
    ],
    ['pkg:npm/pay@%E0%A4%A', { version: '%E0%A4%A' }],
    ['not a purl', {}],
    ['', {}],
  ])('reads %s', (purl, expected) => {
    expect(provenanceOf(purl)).toEqual(expected);
  });

  it('reads nothing out of one that is too long to be kept', () => {
    expect(provenanceOf(`pkg:github/acme/${'x'.repeat(1_010)}`)).toEqual({});
  });
});
