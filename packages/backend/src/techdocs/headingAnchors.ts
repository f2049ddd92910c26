import type MarkdownIt from 'markdown-it';

/** A heading of a page, as listed in its table of contents. */
export type Heading = { level: number; id: string; text: string };

/** Anchors as MkDocs makes them, so that links written for MkDocs keep working. */
function slugify(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/[\s-]+/g, '-');
}

/**
 * Gives each slug an id of its own: `install`, `install-1`, `install-2`. Where
 * it goes on is remembered, so that a page of nothing but equal headings does
 * not count from the beginning at each of them.
 */
function uniqueIds(): (slug: string) => string {
  const used = new Set<string>();
  const next = new Map<string, number>();
  return slug => {
    let number = next.get(slug) ?? 1;
    let id = slug;
    while (used.has(id)) {
      id = `${slug}-${number}`;
      number += 1;
    }
    next.set(slug, number);
    used.add(id);
    return id;
  };
}

/**
 * Gives every heading an id and a permanent link, and tells about it.
 *
 * @param onHeading - told of the headings in the order of the page
 */
export function headingAnchors(
  md: MarkdownIt,
  onHeading: (heading: Heading) => void,
): void {
  md.core.ruler.push('heading_anchors', ({ tokens, Token }) => {
    const toId = uniqueIds();
    tokens.forEach((token, index) => {
      if (token.type !== 'heading_open') return;
      const children = (tokens[index + 1].children ??= []);
      const text = children
        .filter(({ type }) => type === 'text' || type === 'code_inline')
        .map(({ content }) => content)
        .join('');
      const id = toId(slugify(text));
      token.attrSet('id', id);
      token.attrSet('tabindex', '-1');
      const space = new Token('text', '', 0);
      space.content = ' ';
      const link = new Token('link_open', 'a', 1);
      link.attrs = [
        ['class', 'headerlink'],
        ['href', `#${id}`],
        ['title', 'Permanent link'],
      ];
      const symbol = new Token('html_inline', '', 0);
      symbol.content = '¶';
      children.push(space, link, symbol, new Token('link_close', 'a', -1));
      onHeading({ level: Number(token.tag.slice(1)), id, text });
    });
  });
}
