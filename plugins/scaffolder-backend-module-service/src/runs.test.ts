import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Bundle } from '@fawkes/backstage-plugin-provisioning-node';
import { metricsOf, queriesIn } from './__testUtils__/checkers';
import { env, npm, registryFault } from './__testUtils__/npm';
import { rendered, textIn } from './__testUtils__/rendered';
import { writeBundle } from './writeBundle';

jest.setTimeout(300_000);

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
  let bundle: Bundle;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rendered-'));
    bundle = await rendered(template, {
      title: `It's "on" \\ \`x\` \${y} </title>`,
      description: `'; throw 1; // \${{ github.sha }} <script>`,
    });
    await writeBundle(bundle, folder);
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
    const said: string[] = [];
    for (const stream of [service.stdout, service.stderr]) {
      stream.on('data', chunk => said.push(String(chunk)));
    }
    try {
      const address = await addressOf(service);
      const answers = async (path: string) => {
        const answer = await fetch(`${address}${path}`);
        return { status: answer.status, text: await answer.text() };
      };
      expect(await answers('/health')).toMatchObject({ status: 200 });
      expect(await answers('/ready')).toMatchObject({ status: 200 });
      const { text } = await answers('/metrics');
      expect(text).toContain(metric);
      // What its dashboard and its objectives ask for is told.
      const asked = queriesIn(bundle).flatMap(([, query]) => metricsOf(query));
      expect(asked).not.toEqual([]);
      for (const name of asked) expect(text).toContain(`# TYPE ${name} `);
    } finally {
      service.kill('SIGTERM');
    }
    expect(await once(service, 'close')).toEqual([0, null]);
    // Every line is one of the log, and none says that the next version breaks it.
    const lines = said.join('').trim().split('\n');
    expect(lines.filter(line => !line.startsWith('{"level":"info"'))).toEqual(
      [],
    );
    expect(lines.filter(line => /deprecat/i.test(line))).toEqual([]);
    expect(lines.join('\n')).toContain('"correlationId":');
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
