import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  resolveSafeChildPath,
  type LoggerService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  TechdocsGenerator,
  type GeneratorRunOptions,
} from '@backstage/plugin-techdocs-node';
import { renderPage } from './pageTemplate';
import { pageUrl } from './pageUrl';
import { readText } from './readText';
import { renderMarkdown, type RenderedMarkdown } from './renderMarkdown';
import { listFiles, readSiteConfig, type SiteConfig } from './siteConfig';
import { STYLESHEET, STYLESHEET_PATH } from './stylesheet';

/** Largest page that is rendered, bytes: nothing else is answered meanwhile. */
const LARGEST_PAGE = 1024 * 1024;

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/**
 * Publishes Markdown documentation with nothing but Node.
 *
 * TechDocs hands the work to MkDocs, a Python program that has to be on the machine. This generator
 * reads the same `mkdocs.yml` and the same Markdown, so that the documentation of a checkout can be
 * read in the portal at once. It knows no MkDocs plugins; who needs them configures
 * `techdocs.generator.runIn` and gets MkDocs.
 */
export class MarkdownGenerator extends TechdocsGenerator {
  constructor(options: { logger: LoggerService; config: RootConfigService }) {
    super({
      ...options,
      scmIntegrations: ScmIntegrations.fromConfig(options.config),
    });
  }

  override async run(options: GeneratorRunOptions): Promise<void> {
    const { inputDir, outputDir, etag, siteOptions } = options;
    const site = await readSiteConfig(
      inputDir,
      siteOptions?.name ?? 'Documentation',
    );
    const files = await listFiles(site.docsDir);
    const sources = files.filter(file => file.endsWith('.md'));
    if (!sources.some(source => pageUrl(source) === '')) {
      throw new InputError(
        `No front page: add index.md or README.md to ${JSON.stringify(
          site.docsDir.slice(inputDir.length + 1),
        )}`,
      );
    }

    const pages = new Map<string, RenderedMarkdown>();
    for (const source of sources) {
      const markdown = await readText(
        resolveSafeChildPath(site.docsDir, source),
        source,
        LARGEST_PAGE,
      );
      pages.set(source, renderMarkdown(source, markdown));
    }
    await this.#writePages(site, pages, outputDir);
    for (const file of files.filter(name => !name.endsWith('.md'))) {
      const target = join(outputDir, file);
      await mkdir(dirname(target), { recursive: true });
      await cp(resolveSafeChildPath(site.docsDir, file), target);
    }
    await write(join(outputDir, STYLESHEET_PATH), STYLESHEET);
    await write(
      join(outputDir, 'techdocs_metadata.json'),
      JSON.stringify({
        site_name: site.name,
        site_description: site.description,
        build_timestamp: Date.now(),
        files: await listFiles(outputDir),
        ...(etag && { etag }),
      }),
    );
  }

  async #writePages(
    site: SiteConfig,
    pages: Map<string, RenderedMarkdown>,
    outputDir: string,
  ): Promise<void> {
    const titles = new Map(
      [...pages].map(([source, page]) => [source, page.title ?? site.name]),
    );
    for (const [source, { html, headings, title }] of pages) {
      await write(
        join(outputDir, pageUrl(source), 'index.html'),
        renderPage({
          siteName: site.name,
          source,
          title: title ?? site.name,
          html,
          headings,
          nav: site.nav,
          titles,
        }),
      );
    }
    const docs = [...pages].map(([source, page]) => ({
      location: pageUrl(source),
      title: page.title ?? site.name,
      text: page.text,
    }));
    await write(
      join(outputDir, 'search', 'search_index.json'),
      JSON.stringify({ config: {}, docs }),
    );
  }
}
