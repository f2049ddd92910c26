import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Lesson } from '@fawkes/backstage-plugin-dojo-common';
import { ExternalLink, ScrollBox } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { dojoTranslationRef } from '../translation';
import styles from './components.module.css';
import { Drawing } from './Drawing';

/** What {@link Markdown} takes. */
export interface MarkdownProps {
  children: string;
  /** Language of the text. */
  lang?: string;
  /** Ids of its headings, in order. */
  headings?: Lesson['headings'];
  /** Pictures by the address the text has for them. */
  drawings?: Lesson['drawings'];
  /** A line in something else, rather than a text of its own. */
  inline?: boolean;
}

/** A text of the content: CommonMark with tables, without HTML. */
export function Markdown({
  children,
  lang,
  headings,
  drawings = {},
  inline = false,
}: MarkdownProps) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const table = t('lesson.table');
  const components = useMemo<Components>(
    () => ({
      a: ({ href = '', children: text }) =>
        /^https?:/.test(href) ? (
          <ExternalLink href={href}>{text}</ExternalLink>
        ) : (
          <Link href={href}>{text}</Link>
        ),
      img: ({ src, alt = '' }) => {
        const drawing =
          typeof src === 'string' && Object.hasOwn(drawings, src)
            ? drawings[src]
            : undefined;
        return drawing ? <Drawing drawing={drawing} text={alt} /> : <>{alt}</>;
      },
      // A picture stands for itself; a paragraph must not hold a figure.
      p: ({ node, children: content }) =>
        node?.children.length === 1 &&
        node.children[0].type === 'element' &&
        node.children[0].tagName === 'img' ? (
          <>{content}</>
        ) : (
          <p>{content}</p>
        ),
      table: ({ children: rows }) => (
        // What may be wider than a narrow screen is scrolled by keyboard too.
        <div className={styles.table}>
          <ScrollBox label={table}>
            <table>{rows}</table>
          </ScrollBox>
        </div>
      ),
    }),
    [drawings, table],
  );
  return (
    <div lang={lang} className={inline ? styles.inline : styles.prose}>
      <ReactMarkdown
        skipHtml
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize, [nameHeadings, headings ?? []]]}
        components={components}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
}

interface Tree {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Tree[];
}

/** Gives headings the ids that the outline has for them. */
function nameHeadings(headings: Lesson['headings']) {
  return (tree: Tree) => {
    const ids = headings.map(({ id }) => id);
    for (const node of tree.children ?? []) {
      if (node.tagName !== 'h2' && node.tagName !== 'h3') continue;
      // They take the focus when somebody jumps to them.
      node.properties = { ...node.properties, id: ids.shift(), tabIndex: -1 };
    }
  };
}
