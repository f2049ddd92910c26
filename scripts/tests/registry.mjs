import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What every honest advisory source says of the version that is asked for to find out whether it is one. */
export const KNOWN = {
  lodash: [
    {
      id: 1,
      title: 'known to all',
      severity: 'high',
      url: 'https://advisories.example/1',
      vulnerable_versions: '<4.17.21',
    },
  ],
};

/**
 * A package registry on this machine. `packages` are its documents by name; `advisories` is what it knows, or the status
 * it refuses the question with. What it does not have is 404; `silent` names are never answered.
 */
export async function startRegistry(t, { packages = {}, advisories, silent }) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url);
    const answer = (status, body) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    if (path === '/-/npm/v1/security/advisories/bulk') {
      asked.push(JSON.parse(await text(request)));
      if (typeof advisories === 'number') answer(advisories, {});
      else answer(200, advisories);
    } else if (path.slice(1) !== silent) {
      const found = packages[path.slice(1)];
      answer(found ? 200 : 404, found ?? {});
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, asked };
}

/** A registry's document of a package: `{ '1.0.0': '2026-01-01' }` tells its versions and when they were published. */
export const documentOf = (
  name,
  times,
  latest = Object.keys(times).at(-1),
) => ({
  name,
  'dist-tags': { latest },
  time: times,
  versions: Object.fromEntries(
    Object.keys(times).map(version => [version, { name, version }]),
  ),
});

/** A workspace in a folder of its own; files by path, objects as JSON. */
export async function makeProject(t, files) {
  const root = await mkdtemp(join(tmpdir(), 'fawkes-audit-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const all = {
    '.yarnrc.yml': [
      'enableTelemetry: false',
      `globalFolder: ${JSON.stringify(join(root, '.global'))}`,
      'unsafeHttpWhitelist: ["127.0.0.1"]',
      '',
    ].join('\n'),
    'package.json': { private: true, workspaces: ['packages/*', 'plugins/*'] },
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  return root;
}

/** A yarn.lock in which each `name@range` stands for a version. */
export const lockfileOf = versions =>
  [
    '__metadata:\n  version: 10\n  cacheKey: 10c0\n',
    ...Object.entries(versions).map(
      ([key, resolution]) =>
        `"${key}":\n  version: ${resolution.replace(
          /^.*:/,
          '',
        )}\n  resolution: "${resolution}"\n  languageName: node\n  linkType: hard\n`,
    ),
  ].join('\n');
