import MarkdownIt from 'markdown-it';
import { admonitions } from './admonitions';
import { headingAnchors, type Heading } from './headingAnchors';
import { publishedHref } from './pageUrl';

/** A Markdown file turned into HTML. */
export type RenderedMarkdown = {
  /** Text of the first first-level heading, if there is one. */
  title?: string;
  html: string;
  headings: Heading[];
  /** The words of the page, for the search index. */
  text: string;
};

const FRONT_MATTER = /^---\r?\n[\s\S]*?\r?\n---\r?\n/;

/**
 * Renders one Markdown file (CommonMark, tables, boxes, heading anchors).
 *
 * HTML in the source is passed through: the TechDocs reader sanitises every page it shows, and the
 * backend serves pages as plain text to anything else.
 *
 * @param source - path of the file relative to the docs folder, to resolve its links
 */
export function renderMarkdown(
  source: string,
  markdown: string,
): RenderedMarkdown {
  const headings: Heading[] = [];
  const md = new MarkdownIt({ html: true, linkify: true })
    .use(admonitions)
    .use(headingAnchors, (heading: Heading) => headings.push(heading));

  const env = {};
  const tokens = md.parse(markdown.replace(FRONT_MATTER, ''), env);
  const words: string[] = [];
  for (const token of tokens) {
    if (token.type === 'fence' || token.type === 'code_block') {
      words.push(token.content);
    }
    for (const child of token.children ?? []) {
      const attribute = child.type === 'image' ? 'src' : 'href';
      const href = child.attrGet(attribute);
      if (href !== null) {
        child.attrSet(attribute, publishedHref(source, href));
      }
      if (child.type === 'text' || child.type === 'code_inline') {
        words.push(child.content);
      }
    }
  }
  return {
    title: headings.find(heading => heading.level === 1)?.text,
    html: md.renderer.render(tokens, md.options, env),
    headings,
    text: words.join(' ').replace(/\s+/g, ' ').trim(),
  };
}
