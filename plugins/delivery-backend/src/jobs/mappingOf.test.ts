import { HOSTILE_SHAPES, outgrows } from '@internal/hostile-text';
import { component } from '../__testUtils__/component';
import { mappingOf } from './mappingOf';

const PATHS = 'fawkes.dev/delivery-paths';
const ENVIRONMENTS = 'fawkes.dev/delivery-environments';
const GITHUB = 'github.com/project-slug';
const GITLAB = 'gitlab.com/project-slug';

/** Reason and advice go by codes that belong together. */
const coded = (code: string) => ({
  reasonSaid: expect.objectContaining({ code }),
  adviceSaid: expect.objectContaining({ code: `${code}.advice` }),
});

describe('mappingOf', () => {
  it('reads the annotations people already have', () => {
    expect(
      mappingOf(
        component(
          'Cart',
          {
            'github.com/project-slug': 'Acme/Cart',
            'gitlab.com/project-slug': 'acme/deep/cart',
            'fawkes.dev/delivery-paths': 'cart/**, shared/**',
            'fawkes.dev/delivery-environments': 'live',
            'fawkes.dev/delivery-sample': 'true',
          },
          'The cart',
        ),
      ),
    ).toEqual({
      service: 'component:default/cart',
      title: 'The cart',
      repositories: ['github.com/acme/cart', 'gitlab.com/acme/deep/cart'],
      paths: ['cart/**', 'shared/**'],
      environments: ['live'],
      sample: true,
    });
  });

  it('takes an entity that says nothing', () => {
    expect(mappingOf(component('a'))).toEqual({
      service: 'component:default/a',
      title: 'a',
      repositories: [],
      paths: [],
      environments: [],
      sample: false,
    });
  });

  it('reads which bots and incidents count, and what repositories were called', () => {
    expect(
      mappingOf(
        component('a', {
          [GITHUB]: 'acme/a',
          'fawkes.dev/delivery-bots': 'none, name=renovate*, !label=chore',
          'fawkes.dev/delivery-incidents': '!title=*drill*',
          'fawkes.dev/delivery-former-repositories':
            'Acme/Old\t acme/a\n\n https://git.acme.io/x/a.git  acme/a \n',
        }),
      ),
    ).toMatchObject({
      bots: ['none', 'name=renovate*', '!label=chore'],
      incidents: ['!title=*drill*'],
      former: [
        {
          formerly: 'github.com/acme/old',
          repository: 'github.com/acme/a',
        },
        { formerly: 'git.acme.io/x/a', repository: 'github.com/acme/a' },
      ],
    });
  });

  it.each<[string, string, string]>([
    ['delivery-bots', 'severity=low', 'count_rule.form'],
    ['delivery-bots', `name=${'x'.repeat(300)}`, 'count_rule.long'],
    ['delivery-incidents', 'label=low', 'count_rule.form'],
    ['delivery-incidents', 'x'.repeat(4_097), 'annotation.long'],
    ['delivery-former-repositories', 'acme/old', 'annotation.former'],
    [
      'delivery-former-repositories',
      'acme/old acme/a now',
      'annotation.former',
    ],
    ['delivery-former-repositories', 'acme/a acme/other', 'annotation.not_own'],
    ['delivery-former-repositories', 'acme/\0 acme/a', 'annotation.slug'],
    [
      'delivery-former-repositories',
      'acme/old acme/a\n'.repeat(51),
      'annotation.beyond',
    ],
    [
      'delivery-former-repositories',
      'acme/old acme/a\n'.repeat(300),
      'annotation.long',
    ],
  ])('refuses fawkes.dev/%s: %j, and says why', (annotation, value, code) => {
    const { refused, bots, incidents } = mappingOf(
      component('a', {
        [GITHUB]: 'acme/a',
        [`fawkes.dev/${annotation}`]: value,
      }),
    );
    expect(refused).toMatchObject([
      { annotation: `fawkes.dev/${annotation}`, ...coded(code) },
    ]);
    expect({ bots, incidents }).toEqual({});
  });

  it('takes what is left when some of it cannot be taken', () => {
    expect(
      mappingOf(
        component('a', {
          [GITHUB]: ' acme/a ',
          [PATHS]: 'app/[id]/**, app/?id?/**,+(a*)b, /a/**',
          [ENVIRONMENTS]: `live, ${'x'.repeat(201)}`,
        }),
      ),
    ).toEqual({
      service: 'component:default/a',
      title: 'a',
      repositories: ['github.com/acme/a'],
      paths: ['app/?id?/**'],
      environments: ['live'],
      sample: false,
      refused: [
        {
          annotation: PATHS,
          value: 'app/[id]/**',
          reason: 'holds [, and only *, ** and ? have a meaning here',
          advice: expect.stringContaining('write ? in its place'),
          ...coded('pattern.meta'),
        },
        {
          annotation: PATHS,
          value: '+(a*)b',
          reason: expect.stringContaining('holds +'),
          advice: expect.any(String),
          ...coded('pattern.meta'),
        },
        {
          annotation: PATHS,
          value: '/a/**',
          reason: expect.stringContaining('fits no path'),
          advice: expect.stringContaining('the root of the repository'),
          ...coded('pattern.no_path'),
        },
        {
          annotation: ENVIRONMENTS,
          value: `${'x'.repeat(79)}…`,
          reason: expect.stringContaining('longer than 200 characters'),
          advice: expect.any(String),
          ...coded('annotation.environment'),
        },
      ],
    });
  });

  it.each([
    [GITHUB, 'is longer than 512 characters', `acme/${'x'.repeat(508)}`],
    [GITLAB, 'is longer than 4096 characters', `h/${'/'.repeat(60_000)}a`],
    [GITHUB, 'is longer than 4096 characters', `h/a${'.git'.repeat(16_000)}`],
    [GITHUB, 'names no repository', 'acme/a b'],
    [GITHUB, 'names no repository', 'acme/\u0000'],
    [GITHUB, 'names no repository', 'a/\ud800'],
    [GITLAB, 'names no repository', 'https://'],
    [PATHS, 'is longer than 4096 characters', 'a'.repeat(70_000)],
    [PATHS, 'is longer than 4096 characters', 'a/**,'.repeat(1_000)],
    [PATHS, 'is longer than 256 characters', '*a'.repeat(129)],
    [ENVIRONMENTS, 'is longer than 4096 characters', 'a,'.repeat(3_000)],
  ])('%s %s, and is as if it were not there', (name, reason, value) => {
    const { repositories, paths, environments, refused } = mappingOf(
      component('a', { [name]: value }),
    );
    expect([repositories, paths, environments]).toEqual([[], [], []]);
    expect(refused).toEqual([
      {
        annotation: name,
        value: value.length > 80 ? `${value.slice(0, 79)}…` : value,
        reason,
        advice: expect.stringMatching(/^[A-Z]/),
        reasonSaid: expect.objectContaining({ text: reason }),
        adviceSaid: expect.objectContaining({ code: expect.any(String) }),
      },
    ]);
  });

  it('takes as many as may be listed, and says that there are more', () => {
    const listed = Array.from({ length: 53 }, (_, n) => `s${n}/**`);
    const { paths, refused } = mappingOf(
      component('a', { [PATHS]: listed.join() }),
    );
    expect(paths).toEqual(listed.slice(0, 50));
    expect(refused).toEqual([
      {
        annotation: PATHS,
        value: 's50/**, s51/**, s52/**',
        reason: 'comes after the first 50, and more are not read',
        advice: expect.any(String),
        ...coded('annotation.beyond'),
      },
    ]);
  });

  it.each([GITHUB, GITLAB, PATHS, ENVIRONMENTS])(
    'takes time in proportion to the length of %s',
    name => {
      const longest = process.env.FAWKES_RUNS ? 1_048_576 : 16_384;
      const read = (text: string) =>
        mappingOf(component('a', { [name]: text }));
      const slow = HOSTILE_SHAPES.flatMap(
        shape => outgrows(read, shape, longest) ?? [],
      );
      expect(slow).toEqual([]);
    },
  );
});
