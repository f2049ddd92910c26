/**
 * Where the stylesheet is published. The TechDocs reader keeps stylesheets named like MkDocs
 * Material's only, and drops every other one.
 */
export const STYLESHEET_PATH = 'assets/stylesheets/main.fa3ce500.min.css';

/** The look of a page; colours come from the variables the reader derives from the app's theme. */
export const STYLESHEET = `
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; color: var(--md-default-fg-color); }
ul, ol { padding: 0; margin: 0; }
.md-toggle { display: none; }
.md-overlay { display: none; position: fixed; inset: 0; z-index: 150; background: #0008; }
.md-sidebar { padding: 1rem 0; overflow: hidden; }
.md-sidebar__scrollwrap { overflow-y: auto; }
.md-nav { line-height: 1.35; }
.md-nav__title { display: block; padding: 0 0.75rem 0.5rem; font-weight: 600; }
.md-nav__list { list-style: none; }
.md-nav__section { display: block; padding: 1rem 0.75rem 0.25rem; font-size: 0.8em; font-weight: 600; letter-spacing: 0.04em; text-transform: uppercase; color: var(--md-default-fg-color--light); }
.md-nav__link { display: flex; padding: 0.35rem 0.75rem; border-radius: 0.4rem; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
.md-nav__link:hover { background: var(--md-accent-fg-color--transparent); }
.md-nav__link:focus-visible, .md-typeset a:focus-visible { outline: 2px solid var(--md-typeset-a-color); outline-offset: 1px; }
.md-nav__item--active > .md-nav__link { font-weight: 600; background: var(--md-accent-fg-color--transparent); text-decoration: none; }
.md-nav__item--level-3 .md-nav__link { padding-left: 1.5rem; }
.md-sidebar--secondary .md-nav__link { color: var(--md-default-fg-color--light); }
.md-content { padding: 0 2rem; }
.md-content__inner { max-width: 50rem; margin: 0 auto; padding: 1rem 0 3rem; }
.md-content__button { display: none; cursor: pointer; }
.md-typeset { line-height: 1.65; overflow-wrap: break-word; }
.md-typeset h1 { margin: 0 0 1.25rem; }
.md-typeset h2 { margin: 2.25rem 0 0.75rem; }
.md-typeset h3 { margin: 1.75rem 0 0.5rem; }
.md-typeset h4 { margin: 1.5rem 0 0.5rem; }
.md-typeset p, .md-typeset ul, .md-typeset ol, .md-typeset pre, .md-typeset table, .md-typeset blockquote { margin: 0 0 1rem; }
.md-typeset ul, .md-typeset ol { padding-left: 1.5rem; }
.md-typeset li { margin-bottom: 0.3rem; }
.md-typeset li > ul, .md-typeset li > ol { margin: 0.3rem 0 0; }
.md-typeset a { color: var(--md-typeset-a-color); text-decoration: underline; text-underline-offset: 0.15em; }
.md-typeset .headerlink { margin-left: 0.5rem; text-decoration: none; opacity: 0; }
.md-typeset :is(h1, h2, h3, h4):hover .headerlink, .md-typeset .headerlink:focus-visible { opacity: 1; }
.md-typeset img { max-width: 100%; height: auto; }
.md-typeset code { padding: 0.1em 0.35em; border-radius: 0.25rem; font-size: 0.88em; color: var(--md-code-fg-color); background: var(--md-code-bg-color); }
.md-typeset pre { position: relative; border-radius: 0.5rem; overflow-x: auto; background: var(--md-code-bg-color); }
.md-typeset pre > code { display: block; padding: 0.9rem 1rem; line-height: 1.5; background: none; }
.md-typeset table:not([class]) { display: block; width: max-content; max-width: 100%; overflow-x: auto; font-size: 0.92em; }
.md-typeset table:not([class]) th, .md-typeset table:not([class]) td { padding: 0.5rem 0.75rem; text-align: left; vertical-align: top; }
.md-typeset blockquote { padding-left: 1rem; }
.md-typeset .admonition { margin: 1.25rem 0; padding: 0.6rem 1rem; border-left: 0.25rem solid var(--md-typeset-a-color); border-radius: 0.4rem; background: var(--md-default-bg-color--light); }
.md-typeset .admonition > :last-child { margin-bottom: 0; }
.md-typeset .admonition .admonition-title { margin: 0 0 0.25rem; padding-left: 0 !important; font-weight: 600; }
@media screen and (max-width: 76.1875em) {
  .md-content { padding: 0; }
  .md-content__button { display: block; float: right; }
  .md-content__button svg { display: block; width: 1.75rem; height: 1.75rem; fill: currentColor; }
  .md-sidebar--primary { background: var(--md-default-bg-color); transition: transform 0.2s; }
  [data-md-toggle=drawer]:checked ~ .md-overlay { display: block; }
}
`.trim();
