import { confine, type Confinement } from './confine';
import { SERVICE_LIMITS, type Sandbox } from './sandbox';
import { FIRST_UID } from './uids';

function sandboxOf(change: Partial<Sandbox>): Sandbox {
  return {
    supported: true,
    isolation: 'none',
    processes: 'watched',
    limits: true,
    root: false,
    programs: {
      node: '/n/node',
      npm: '/n/npm/bin/npm-cli.js',
      bwrap: '/usr/bin/bwrap',
      setpriv: '/usr/bin/setpriv',
      prlimit: '/usr/bin/prlimit',
    },
    folder: '/tmp/run',
    system: [],
    words: [],
    ...change,
  };
}

function wanted(change: Partial<Confinement> = {}): Confinement {
  return {
    app: '/portal/app',
    scratch: '/tmp/run/scratch',
    env: { PORT: '1', PATH: '/portal/bin', HOME: '/portal' },
    limits: SERVICE_LIMITS,
    uid: FIRST_UID + 1,
    program: ({ node, npm, app, home }) => [node, npm!, app, home],
    ...change,
  };
}

describe('confine', () => {
  it.each<[string, Partial<Sandbox>, string[]]>([
    ['nobody else', {}, ['/usr/bin/prlimit']],
    [
      'another user',
      { isolation: 'user', root: true },
      ['/usr/bin/setpriv', '/usr/bin/prlimit'],
    ],
    [
      'a room of its own',
      { isolation: 'bubblewrap' },
      ['/usr/bin/bwrap', '/usr/bin/prlimit'],
    ],
    [
      'a room of its own, made by root',
      { isolation: 'bubblewrap', root: true },
      [
        '/usr/bin/bwrap',
        '/usr/bin/setpriv',
        '/usr/bin/bwrap',
        '/usr/bin/prlimit',
      ],
    ],
  ])('goes through %s', (_, change, through) => {
    const { file, args } = confine(sandboxOf(change), wanted());
    const programs = [file, ...args].filter(word =>
      /^\/usr\/bin\/\w+$/.test(word),
    );
    expect(programs).toEqual(through);
  });

  it('says where things are as they are seen there', () => {
    const outside = confine(sandboxOf({}), wanted());
    expect(outside.args.slice(-4)).toEqual([
      '/n/node',
      '/n/npm/bin/npm-cli.js',
      '/portal/app',
      '/tmp/run/scratch',
    ]);
    const inside = confine(sandboxOf({ isolation: 'bubblewrap' }), wanted());
    expect(inside.args.slice(-4)).toEqual([
      '/opt/node/node',
      '/opt/npm/bin/npm-cli.js',
      '/app',
      '/tmp',
    ]);
    expect(inside.env).toMatchObject({
      PORT: '1',
      PATH: '/opt/node:/usr/bin:/bin',
      HOME: '/tmp',
    });
  });

  it.each([0, 1_000, FIRST_UID - 1])(
    'becomes no user that somebody else is: %d',
    uid => {
      for (const isolation of ['user', 'bubblewrap'] as const) {
        const sandbox = sandboxOf({ isolation, root: true });
        expect(() => confine(sandbox, wanted({ uid }))).toThrow(
          /no user of services/,
        );
      }
    },
  );
});
