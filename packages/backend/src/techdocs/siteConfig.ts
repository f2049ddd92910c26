import { readdir, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { readText } from './readText';

const CONFIG_FILES = ['mkdocs.yml', 'mkdocs.yaml'];
/** Largest of them that is read, bytes. */
const LARGEST_CONFIG = 256 * 1024;
/** As much of a line of the navigation as a message shows. */
const MOST_SHOWN = 200;

/** A line of the navigation: a page, or a titled group of lines. */
export type NavItem =
  | { kind: 'page'; title?: string; source: string }
  | { kind: 'link'; title: string; href: string }
  | { kind: 'group'; title: string; items: NavItem[] };

/** What the generator takes from `mkdocs.yml`; every other key of MkDocs is left alone. */
export type SiteConfig = {
  name: string;
  description: string;
  /** Absolute path of the folder with the Markdown files. */
  docsDir: string;
  nav: NavItem[];
};

const rawSchema = z.object({
  site_name: z.string().optional(),
  site_description: z.string().optional(),
  docs_dir: z.string().default('docs'),
  nav: z.array(z.unknown()).optional(),
});

function toNavItem(raw: unknown): NavItem {
  if (typeof raw === 'string') {
    return { kind: 'page', source: posix.normalize(raw) };
  }
  const entries =
    typeof raw === 'object' && raw !== null ? Object.entries(raw) : [];
  if (entries.length !== 1) {
    throw new InputError(
      `Each line of 'nav' in mkdocs.yml is a file or one 'Title: file' pair, got ${String(
        JSON.stringify(raw),
      ).slice(0, MOST_SHOWN)}`,
    );
  }
  const [[title, target]] = entries;
  if (Array.isArray(target)) {
    return { kind: 'group', title, items: target.map(toNavItem) };
  }
  const href = String(target);
  return /^[a-z]+:\/\//i.test(href)
    ? { kind: 'link', title, href }
    : { kind: 'page', title, source: posix.normalize(href) };
}

async function readConfigFile(inputDir: string): Promise<unknown> {
  for (const name of CONFIG_FILES) {
    const path = resolveSafeChildPath(inputDir, name);
    const text = await readText(path, name, LARGEST_CONFIG).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined) {
      // As MkDocs does it, the last of equal keys counts; to look for equal ones
      // takes time by the square.
      return parse(text, { logLevel: 'silent', uniqueKeys: false }) ?? {};
    }
  }
  return {};
}

/** Every file below a folder, as sorted POSIX paths relative to it; links are not followed. */
export async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => posix.join(entry.parentPath.slice(dir.length), entry.name))
    .map(path => path.replace(/^\/+/, ''))
    .sort();
}

/**
 * The navigation where nobody wrote a `nav`: the pages of a folder, its front page first, then its
 * folders as groups.
 */
function defaultNav(sources: string[], folder = ''): NavItem[] {
  const inside = sources.filter(source => source.startsWith(folder));
  const names = new Set(
    inside.map(source => source.slice(folder.length).split('/')[0]),
  );
  const rank = (name: string) => {
    if (!name.endsWith('.md')) {
      return 2;
    }
    return name === 'index.md' ? 0 : 1;
  };
  return [...names]
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map(name =>
      name.endsWith('.md')
        ? { kind: 'page', source: `${folder}${name}` }
        : {
            kind: 'group',
            title: name.charAt(0).toUpperCase() + name.slice(1),
            items: defaultNav(inside, `${folder}${name}/`),
          },
    );
}

/**
 * Reads the site's settings from `mkdocs.yml`, or assumes MkDocs' defaults where there is none.
 *
 * @throws InputError when the file cannot be understood; NotAllowedError when `docs_dir` leads
 * outside the prepared folder.
 */
export async function readSiteConfig(
  inputDir: string,
  fallbackName: string,
): Promise<SiteConfig> {
  const parsed = rawSchema.safeParse(await readConfigFile(inputDir));
  if (!parsed.success) {
    throw new InputError(`mkdocs.yml: ${z.prettifyError(parsed.error)}`);
  }
  const raw = parsed.data;
  const docsDir = resolveSafeChildPath(inputDir, raw.docs_dir);
  if (!(await stat(docsDir).catch(() => undefined))?.isDirectory()) {
    throw new InputError(
      `There is no folder '${raw.docs_dir}' with documentation beside mkdocs.yml`,
    );
  }
  return {
    name: raw.site_name ?? fallbackName,
    description: raw.site_description ?? '',
    docsDir,
    nav:
      raw.nav?.map(toNavItem) ??
      defaultNav(
        (await listFiles(docsDir)).filter(file => file.endsWith('.md')),
      ),
  };
}
