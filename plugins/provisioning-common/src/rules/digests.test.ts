import fc from 'fast-check';
import { specOf } from '../contract/__testUtils__/specs';
import { serviceSpecSchema, type NormalSpec } from '../contract';
import { anySpec, factsOf, normalOf, sha256 } from './__testUtils__/made';
import {
  bundleDigestOf,
  compareCodePoints,
  isDigestOf,
  planDigestOf,
  specDigestOf,
  type BundleEntry,
} from './digests';
import { normaliseSpec, readSpec } from './normalise';

const digest = (spec: NormalSpec) => specDigestOf('service', spec, sha256);

describe('the spec digest', () => {
  it('is over {schemaVersion, kind, spec} in RFC 8785 form', () => {
    expect(digest(normalOf())).toBe(
      sha256(
        '{"kind":"service","schemaVersion":1,"spec":{"ci":"github-actions","description":"Takes payments","language":"node","lifecycle":"experimental","owner":"group:default/payments","repository":{"host":"local"},"system":null,' +
          `"template":{"name":"node-api","treeHash":"${'a'.repeat(
            64,
          )}","version":"1.0.0"},"title":null,"type":"api"}}`,
      ),
    );
  });

  it.each<[string, object, object]>([
    [
      'composed and decomposed text',
      { title: 'Café' },
      { title: 'Cafe\u0301' },
    ],
    [
      'a description either way',
      { description: 'K\u00f6ln' },
      { description: 'Ko\u0308ln' },
    ],
    ['a default and the same said', {}, { lifecycle: 'experimental' }],
    [
      'a short and a full owner',
      { owner: 'payments' },
      { owner: 'Group:Default/Payments' },
    ],
    [
      'a repository with and without its defaults',
      { repository: { host: 'github', owner: 'acme' } },
      {
        repository: {
          host: 'github',
          owner: 'Acme',
          server: 'GitHub.com',
          visibility: 'private',
        },
      },
    ],
  ])('is one for %s', (_, a, b) => {
    expect(digest(normalOf(a))).toBe(digest(normalOf(b)));
    expect(digest(readSpec(specOf(a)))).toBe(digest(readSpec(specOf(b))));
  });

  it('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(anySpec, spec => {
        const turned = Object.fromEntries(Object.entries(spec).reverse());
        expect(digest(readSpec(turned))).toBe(digest(normaliseSpec(spec)));
      }),
    );
  });

  it('is another for every other normal form', () => {
    fc.assert(
      fc.property(anySpec, anySpec, (a, b) => {
        const [one, two] = [normaliseSpec(a), normaliseSpec(b)];
        expect(digest(one) === digest(two)).toBe(
          JSON.stringify(one) === JSON.stringify(two),
        );
      }),
    );
  });

  it('of generated specs is of specs that a form could send', () => {
    fc.assert(
      fc.property(anySpec, spec => {
        expect(serviceSpecSchema.parse(spec)).toEqual(spec);
      }),
    );
  });
});

describe('a kept spec', () => {
  it('is read anew: a default that came later is no conflict', () => {
    const sent = specOf();
    // Older code knew no lifecycle and digested the spec without it.
    const kept = { sent, digest: '0'.repeat(64) };

    expect(digest(readSpec({ ...sent, lifecycle: 'experimental' }))).toBe(
      digest(readSpec(sent)),
    );
    expect(isDigestOf('0'.repeat(64), 'service', kept, sha256)).toBe(true);
    expect(isDigestOf(digest(readSpec(sent)), 'service', kept, sha256)).toBe(
      true,
    );
    expect(isDigestOf('1'.repeat(64), 'service', kept, sha256)).toBe(false);
  });

  it('of a shape nobody knows is refused with its path', () => {
    expect(() => readSpec({ ...specOf(), schemaVersion: 7 })).toThrow(
      'schemaVersion',
    );
  });
});

describe('the plan digest', () => {
  it.each([
    ['another repository', { repository: 'same' as const }],
    ['another entity', { entity: 'other' as const }],
    ['another name', { name: 'shop2' }],
    ['no deployer', { deployer: false }],
    ['other files', { bundleDigest: 'c'.repeat(64) }],
    ['a request that is there', { mode: 'update' as const }],
  ])('is another with %s', (_, other) => {
    expect(planDigestOf('d', factsOf(other), sha256)).not.toBe(
      planDigestOf('d', factsOf(), sha256),
    );
  });

  it('is another with another spec', () => {
    expect(planDigestOf('d', factsOf(), sha256)).not.toBe(
      planDigestOf('e', factsOf(), sha256),
    );
  });
});

describe('the bundle digest', () => {
  const entry = (path: string, mode: BundleEntry['mode'] = '644') => ({
    path,
    mode,
    sha256: sha256(path),
  });

  it('is over rows sorted by path in code points', () => {
    // U+1F600 comes after U+FF61, although its first UTF-16 unit is smaller.
    const files = [entry('\u{1f600}'), entry('b', '755'), entry('\uff61')];

    expect(bundleDigestOf(files, sha256)).toBe(
      sha256(
        `[["b","755","${sha256('b')}"],["\uff61","644","${sha256(
          '\uff61',
        )}"],["\u{1f600}","644","${sha256('\u{1f600}')}"]]`,
      ),
    );
  });

  it('does not depend on the order files come in', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.string({ unit: 'binary', maxLength: 5 }))
          .chain(paths =>
            fc.tuple(
              fc.constant(paths),
              fc.shuffledSubarray(paths, { minLength: paths.length }),
            ),
          ),
        ([paths, shuffled]) => {
          expect(
            bundleDigestOf(
              paths.map(p => entry(p)),
              sha256,
            ),
          ).toBe(
            bundleDigestOf(
              shuffled.map(p => entry(p)),
              sha256,
            ),
          );
        },
      ),
    );
  });

  it('knows the mode', () => {
    expect(bundleDigestOf([entry('a', '755')], sha256)).not.toBe(
      bundleDigestOf([entry('a')], sha256),
    );
  });

  it('refuses a path that is there twice', () => {
    expect(() =>
      bundleDigestOf([entry('a'), entry('b'), entry('a')], sha256),
    ).toThrow('Two files of a tree are at a');
  });
});

it('orders text as the code points do', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 4 }),
      (a, b) => {
        const points = (text: string) =>
          Array.from(text, c => c.codePointAt(0)!);
        const [x, y] = [points(a), points(b)];
        const at = x.findIndex((point, index) => point !== y[index]);
        const expected =
          at === -1 || at >= y.length ? x.length - y.length : x[at] - y[at];
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(expected));
      },
    ),
  );
});
