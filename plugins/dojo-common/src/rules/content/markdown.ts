import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { markdownFault, type MarkdownFault } from './markdownBounds';

/** A heading of a text. @public */
export interface Heading {
  /** What addresses call it; unique in its text. */
  id: string;
  /** Its text. */
  text: string;
  /** 1 to 6. */
  level: number;
}

/** What a text in Markdown holds. @public */
export interface MarkdownFacts {
  /** In order. */
  headings: Heading[];
  /** Pictures by the address the text has for them. */
  images: Array<{ url: string; alt: string; line: number }>;
  /** Lines with HTML that is not code. */
  html: number[];
  /** Links. */
  links: Array<{ url: string; line: number }>;
  /** Languages of fenced code. */
  fences: Array<{ lang: string; line: number }>;
  /** Without Markdown: what a person reads. */
  plain: string;
  /** Why nothing of it was read: it would take longer than its length is worth. */
  fault?: MarkdownFault;
}

/** Made once: putting them together takes as long as reading a short text. */
const SYNTAX = [gfm()];
const TREE = [gfmFromMarkdown()];

/**
 * Reads Markdown as the reader of lessons does, with the same family of parsers.
 * What goes beyond {@link MARKDOWN_LIMITS} is not read, and has a fault instead;
 * the linter refuses it.
 *
 * @public
 */
export function readMarkdown(markdown: string): MarkdownFacts {
  const facts: MarkdownFacts = {
    headings: [],
    images: [],
    html: [],
    links: [],
    fences: [],
    plain: '',
  };
  const fault = markdownFault(markdown);
  if (fault) return { ...facts, fault };
  const root: Root = fromMarkdown(markdown, {
    extensions: SYNTAX,
    mdastExtensions: TREE,
  });
  const definitions = new Map<string, string>();
  each(root, node => {
    if (node.type === 'definition') definitions.set(node.identifier, node.url);
  });
  const slugs = new Map<string, number>();
  const words: string[] = [];
  each(root, node => {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'html') facts.html.push(line);
    else if (node.type === 'heading') {
      const text = plainOf(node);
      facts.headings.push({
        id: slugOf(text, slugs),
        text,
        level: node.depth,
      });
    } else if (node.type === 'image') {
      facts.images.push({ url: node.url, alt: node.alt ?? '', line });
    } else if (node.type === 'imageReference') {
      const url = definitions.get(node.identifier) ?? '';
      facts.images.push({ url, alt: node.alt ?? '', line });
    } else if (node.type === 'link') {
      facts.links.push({ url: node.url, line });
    } else if (node.type === 'linkReference') {
      facts.links.push({ url: definitions.get(node.identifier) ?? '', line });
    } else if (node.type === 'code') {
      facts.fences.push({ lang: node.lang ?? '', line });
    }
    if (node.type === 'text' || node.type === 'inlineCode') {
      words.push(node.value);
    }
  });
  facts.plain = words.join('');
  return facts;
}

/** Every node, each before what is in it. */
function each(root: Root, look: (node: Nodes) => void): void {
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    look(node);
    if ('children' in node) {
      for (let at = node.children.length - 1; at >= 0; at--) {
        waiting.push(node.children[at] as Nodes);
      }
    }
  }
}

function plainOf(node: Nodes): string {
  const texts: string[] = [];
  each({ type: 'root', children: [node] } as Root, inner => {
    if (inner.type === 'text' || inner.type === 'inlineCode') {
      texts.push(inner.value);
    }
  });
  return texts.join('');
}

/** A heading in addresses: its letters and digits of any script, numbered where it repeats. @public */
export function slugOf(text: string, taken: Map<string, number>): string {
  const slug =
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'section';
  let count = taken.get(slug) ?? 0;
  let id = slug;
  // Another heading may read like a numbered one.
  do {
    count += 1;
    id = count === 1 ? slug : `${slug}-${count}`;
  } while (taken.has(id));
  taken.set(slug, count);
  if (id !== slug) taken.set(id, 1);
  return id;
}
