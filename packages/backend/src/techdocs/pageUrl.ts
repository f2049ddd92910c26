import { posix } from 'node:path';

/**
 * The folder a Markdown file is published at, relative to the site, with a trailing slash and
 * empty for the front page: `guide/first.md` becomes `guide/first/` (MkDocs' directory URLs).
 */
export function pageUrl(source: string): string {
  const withoutExtension = source.replace(/\.md$/, '');
  const folder =
    posix.basename(withoutExtension) === 'index' ||
    posix.basename(withoutExtension) === 'README'
      ? posix.dirname(withoutExtension)
      : withoutExtension;
  return folder === '.' ? '' : `${folder}/`;
}

/** The relative link from one page's folder to a path of the site. */
export function relativeLink(fromUrl: string, toPath: string): string {
  const relative = posix.relative(`/${fromUrl}`, `/${toPath}`) || '.';
  return toPath === '' || toPath.endsWith('/') ? `${relative}/` : relative;
}

/**
 * Rewrites a link as written in a Markdown file so that it works from the published page.
 * Links to other sites, to anchors and from the root of a host stay as they are.
 */
export function publishedHref(source: string, href: string): string {
  if (/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(href) || href === '') {
    return href;
  }
  const [path, fragment] = href.split('#', 2);
  const target = posix.join(posix.dirname(source), path);
  const published = target.endsWith('.md') ? pageUrl(target) : target;
  const suffix = fragment === undefined ? '' : `#${fragment}`;
  return `${relativeLink(pageUrl(source), published)}${suffix}`;
}
