import { posix } from 'node:path';
import type { Heading } from './headingAnchors';
import { pageUrl, relativeLink } from './pageUrl';
import type { NavItem } from './siteConfig';
import { STYLESHEET_PATH } from './stylesheet';

/** Everything a page shows. */
export type PageModel = {
  siteName: string;
  source: string;
  title: string;
  html: string;
  headings: Heading[];
  nav: NavItem[];
  /** Titles of all pages by source file. */
  titles: ReadonlyMap<string, string>;
};

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

function navTitle(item: NavItem, titles: PageModel['titles']): string {
  if (item.kind !== 'page') {
    return item.title;
  }
  return (
    item.title ??
    titles.get(item.source) ??
    posix.basename(item.source).replace(/\.md$/, '')
  );
}

function navList(items: NavItem[], page: PageModel): string {
  const lines = items.map(item => {
    const title = escape(navTitle(item, page.titles));
    if (item.kind === 'group') {
      return `<li class="md-nav__item md-nav__item--section"><span class="md-nav__section">${title}</span>${navList(
        item.items,
        page,
      )}</li>`;
    }
    if (item.kind === 'link') {
      return `<li class="md-nav__item"><a class="md-nav__link" href="${escape(
        item.href,
      )}"><span class="md-ellipsis">${title}</span></a></li>`;
    }
    const active = item.source === page.source;
    const href = relativeLink(pageUrl(page.source), pageUrl(item.source));
    return `<li class="md-nav__item${
      active ? ' md-nav__item--active' : ''
    }"><a class="md-nav__link${active ? ' md-nav__link--active' : ''}"${
      active ? ' aria-current="page"' : ''
    } href="${escape(
      href,
    )}"><span class="md-ellipsis">${title}</span></a></li>`;
  });
  return `<ul class="md-nav__list">${lines.join('')}</ul>`;
}

function contents(headings: Heading[]): string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length < 2) {
    return '';
  }
  const lines = listed.map(
    ({ level, id, text }) =>
      `<li class="md-nav__item md-nav__item--level-${level}"><a class="md-nav__link" href="#${escape(
        id,
      )}"><span class="md-ellipsis">${escape(text)}</span></a></li>`,
  );
  return `<nav class="md-nav md-nav--secondary" aria-label="On this page"><span class="md-nav__title">On this page</span><ul class="md-nav__list">${lines.join(
    '',
  )}</ul></nav>`;
}

/**
 * A page in the structure the TechDocs reader knows from MkDocs Material: it looks for these class
 * names to place the sidebars, find the active page and offer the drawer on narrow screens.
 */
export function renderPage(page: PageModel): string {
  const stylesheet = relativeLink(pageUrl(page.source), STYLESHEET_PATH);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(page.title)} - ${escape(page.siteName)}</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body dir="ltr">
<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
<label class="md-overlay" for="__drawer"></label>
<header class="md-header"><label class="md-header__button" for="__drawer"></label></header>
<div class="md-container">
<main class="md-main"><div class="md-main__inner md-grid">
<div class="md-sidebar md-sidebar--primary"><div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
<nav class="md-nav md-nav--primary" aria-label="Pages"><span class="md-nav__title">${escape(
    page.siteName,
  )}</span>${navList(page.nav, page)}</nav>
</div></div></div>
<div class="md-sidebar md-sidebar--secondary"><div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">${contents(
    page.headings,
  )}</div></div></div>
<div class="md-content"><article class="md-content__inner md-typeset">
${page.html}
</article></div>
</div></main>
</div>
</body>
</html>
`;
}
