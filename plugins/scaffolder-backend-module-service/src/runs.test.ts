import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rendered, textIn } from './__testUtils__/rendered';
import { writeBundle } from './writeBundle';

jest.setTimeout(300_000);

// Not the test runner's own options: what is rendered runs on its own.
const {
  NODE_OPTIONS: _options,
  NODE_ENV: _env,
  JEST_WORKER_ID: _worker,
  // Node's test runner tells its children that they are.
  NODE_TEST_CONTEXT: _context,
  ...env
} = process.env;

function npm(args: string[], cwd: string): string {
  return execFileSync('npm', args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 240_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Why the registry cannot be asked; undefined where it can. */
function registryFault(): string | undefined {
  try {
    npm(
      [
        'view',
        'fastify',
        'version',
        '--fetch-retries=0',
        '--fetch-timeout=15000',
      ],
      tmpdir(),
    );
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split(
      '\n',
    )[0];
  }
}

const fault = registryFault();
if (fault) {
  process.stderr.write(
    `SKIPPED: rendered services are not installed and started here: ${fault}\n`,
  );
}

const describeWhereReachable = fault ? describe.skip : describe;

function install(folder: string) {
  npm(
    [
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--fetch-retries=1',
    ],
    folder,
  );
}

describeWhereReachable('node-library, rendered', () => {
  it('passes its checks, and what is packed can be imported', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rendered-'));
    try {
      await writeBundle(await rendered('node-library'), folder);
      install(folder);
      npm(['run', 'typecheck'], folder);
      npm(['run', 'coverage'], folder);
      const [{ filename, files }] = JSON.parse(
        npm(['pack', '--json', '--silent'], folder).replace(/^[^[]*/, ''),
      );
      expect(files.map(({ path }: { path: string }) => path)).toEqual([
        'README.md',
        'dist/index.d.ts',
        'dist/index.js',
        'dist/retry.d.ts',
        'dist/retry.js',
        'package.json',
      ]);
      const user = join(folder, 'user');
      await mkdir(user);
      await writeFile(join(user, 'package.json'), '{"private":true}');
      npm(
        [
          'install',
          '--no-audit',
          '--no-fund',
          '--offline',
          join('..', filename),
        ],
        user,
      );
      const said = execFileSync(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          "import { retry } from 'orders'; console.log(await retry(async () => 7, { attempts: 1 }))",
        ],
        { cwd: user, env, encoding: 'utf8' },
      );
      expect(said).toBe('7\n');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

const SERVICES: [template: string, metric: string][] = [
  [
    'node-api',
    'http_request_duration_seconds_count{method="GET",route="/health",status="200"} 1',
  ],
  [
    'node-web',
    'http_request_duration_seconds_count{method="GET",route="/health",status="200"} 1',
  ],
  ['node-worker', 'job_duration_seconds'],
];

describeWhereReachable.each(SERVICES)('%s, rendered', (template, metric) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rendered-'));
    await writeBundle(
      await rendered(template, {
        title: `It's "on" \\ \`x\` \${y} </title>`,
        description: `'; throw 1; // \${{ github.sha }} <script>`,
      }),
      folder,
    );
    install(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('passes its own checks', () => {
    npm(['run', 'typecheck'], folder);
    npm(['run', 'coverage'], folder);
    expect(npm(['test'], folder)).toMatch(/fail 0$/m);
  });

  it('starts, answers, and goes down in order', async () => {
    const service = spawn(process.execPath, ['src/main.ts'], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        HOST: '127.0.0.1',
        OTEL_SERVICE_NAME: 'orders',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const address = await addressOf(service);
      const answers = async (path: string) => {
        const answer = await fetch(`${address}${path}`);
        return { status: answer.status, text: await answer.text() };
      };
      expect(await answers('/health')).toMatchObject({ status: 200 });
      expect(await answers('/ready')).toMatchObject({ status: 200 });
      expect((await answers('/metrics')).text).toContain(metric);
    } finally {
      service.kill('SIGTERM');
    }
    expect(await once(service, 'exit')).toEqual([0, null]);
  });
});

/** The address that a service says in its first lines of JSON. */
async function addressOf(service: ChildProcess): Promise<string> {
  const errors: string[] = [];
  service.stderr?.on('data', chunk => errors.push(String(chunk)));
  if (!service.stdout) throw new Error('No output');
  for await (const line of createInterface({ input: service.stdout })) {
    const { msg } = JSON.parse(line);
    const found = /listening at (http:\S+)/.exec(String(msg));
    if (found) {
      service.stdout.resume();
      return found[1];
    }
  }
  throw new Error(`It ended without an address: ${errors.join('')}`);
}

it.each(['node-api', 'node-library', 'node-web', 'node-worker'])(
  '%s installs nothing that runs code at install',
  async template => {
    const { packages } = JSON.parse(
      textIn(await rendered(template), 'package-lock.json'),
    );
    expect(
      Object.values<{ hasInstallScript?: boolean }>(packages).filter(
        ({ hasInstallScript }) => hasInstallScript,
      ),
    ).toEqual([]);
  },
);
