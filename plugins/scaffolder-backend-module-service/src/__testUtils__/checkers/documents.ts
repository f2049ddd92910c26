import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bundle } from '@fawkes/backstage-plugin-provisioning-node';
import { parse, stringify } from 'yaml';
import { writeBundle } from '../../writeBundle';
import { textIn } from '../rendered';
import { absentProgram, type Checker } from './checker';

const run = promisify(execFile);

/** One page of a navigation: what it is called, and its file. */
type Page = Record<string, string>;

/** The documents alone, in the folder of one site that has many services' documents. */
async function addTo(site: string, bundle: Bundle, as: string) {
  const { docs_dir, nav } = parse(textIn(bundle, 'mkdocs.yml'));
  const pages = [...bundle]
    .filter(([path]) => path.startsWith(`${docs_dir}/`))
    .map(([path, file]) => [path.slice(docs_dir.length + 1), file] as const);
  await writeBundle(new Map(pages), join(site, 'docs', as));
  return {
    [as]: (nav as Page[]).map(page =>
      Object.fromEntries(
        Object.entries(page).map(([title, file]) => [title, `${as}/${file}`]),
      ),
    ),
  };
}

/**
 * The documents of services, built strictly: links that lead nowhere, pages that are
 * named and not there. One site of all, since starting mkdocs takes most of the time;
 * without the plugin of TechDocs, which brings no page of its own.
 */
export const documents: Checker = {
  absent: () => absentProgram('mkdocs', ['--version']),
  async faultsIn(bundles) {
    const site = await mkdtemp(join(tmpdir(), 'documents-'));
    try {
      const nav = await Promise.all(
        bundles.map((bundle, i) => addTo(site, bundle, `service-${i}`)),
      );
      await writeFile(
        join(site, 'mkdocs.yml'),
        stringify({ site_name: 'Services', plugins: [], nav }),
      );
      const said = await run('mkdocs', ['build', '--strict'], {
        cwd: site,
      }).then(
        () => '',
        ({ stderr }) => String(stderr),
      );
      const faults = said.split('\n').filter(line => !/^(INFO|$)/.test(line));
      return bundles.map((_, i) =>
        faults.filter(line => new RegExp(`\\bservice-${i}/`).test(line)),
      );
    } finally {
      await rm(site, { recursive: true, force: true });
    }
  },
};
