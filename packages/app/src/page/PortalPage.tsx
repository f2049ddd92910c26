import {
  BreadcrumbEntry,
  useBreadcrumbEntries,
  useTranslationRef,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { useMemo } from 'react';
import { useResolvedPath } from 'react-router-dom';
import { portalTranslationRef } from '../translation';

/** What plugins call their pages, which is one text for all languages, and what the portal calls them. */
const TITLES = {
  Home: 'nav.home',
  Catalog: 'nav.catalog',
  APIs: 'nav.apis',
  Docs: 'nav.docs',
  Documentation: 'nav.docs',
  Services: 'nav.services',
  Templates: 'nav.templates',
  Search: 'nav.search',
  Notifications: 'nav.notifications',
  Settings: 'nav.settings',
} as const;

const isKnown = (title: string): title is keyof typeof TITLES =>
  Object.hasOwn(TITLES, title);

/** The title of a page as the navigation says it. */
function useTitle(title: string | undefined): string | undefined {
  const { t } = useTranslationRef(portalTranslationRef);
  return title !== undefined && isKnown(title) ? t(TITLES[title]) : title;
}

/** The head of a page and what stands below, as Backstage has it, in the language of the reader. */
export function PortalPage({
  title,
  icon,
  noHeader,
  titleLink,
  headerActions,
  tabs,
  children,
}: PageLayoutProps) {
  const shown = useTitle(title);
  const path = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { items: breadcrumbs } = useBreadcrumbEntries();
  const resolvedTabs = useMemo(
    () =>
      tabs?.map(tab => ({
        ...tab,
        href: tab.href.startsWith('/') ? tab.href : `${path}/${tab.href}`,
        matchStrategy: 'prefix' as const,
      })),
    [tabs, path],
  );
  if (noHeader) return <>{children}</>;
  const page = (
    <>
      <PluginHeader
        title={shown}
        icon={icon}
        titleLink={titleLink}
        breadcrumbs={breadcrumbs}
        tabs={resolvedTabs}
        customActions={headerActions}
      />
      {children}
    </>
  );
  return shown ? (
    <BreadcrumbEntry entry={{ label: shown, href: titleLink ?? (path || '/') }}>
      {page}
    </BreadcrumbEntry>
  ) : (
    page
  );
}
