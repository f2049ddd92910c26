import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  HomePageLayoutProps,
  HomePageWidgetData,
} from '@backstage/plugin-home-react/alpha';
import { Container } from '@backstage/ui';
import { cloneElement, type CSSProperties } from 'react';
import { portalTranslationRef } from '../translation';
import { COLUMNS, fillRows } from './fillRows';
import { HomeCard } from './HomeCard';
import { HomeHeader } from './HomeHeader';
import styles from './HomeLayout.module.css';

/** What comes with the portal stands after what the installed families bring. */
const LAST = [
  'home-page-widget:home/starred-entities',
  'home-page-widget:home/first-steps',
];

function rank({ node }: HomePageWidgetData): number {
  return LAST.indexOf(node.spec.id);
}

/** The columns a card asks for; a third of the page unless it says otherwise. */
function columns({ layout }: HomePageWidgetData): number {
  const wanted = layout?.width?.defaultColumns ?? 4;
  return Math.min(COLUMNS, Math.max(3, wanted));
}

/** The home page: greeting, search, and a card for whatever the installed plugins have to tell. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const { t } = useTranslationRef(portalTranslationRef);
  const ordered = [...widgets].sort((a, b) => rank(a) - rank(b));
  const spans = fillRows(ordered.map(columns));
  return (
    <Container className={styles.page}>
      <HomeHeader />
      <section aria-label={t('home.cards')} className={styles.grid}>
        {ordered.map((widget, i) => (
          <div
            key={widget.node.spec.id}
            className={styles.cell}
            data-wide={spans[i] > COLUMNS / 2}
            style={{ '--span': spans[i] } as CSSProperties}
          >
            {cloneElement(widget.component, { Renderer: HomeCard })}
          </div>
        ))}
      </section>
    </Container>
  );
}
