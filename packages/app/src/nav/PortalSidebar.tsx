import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import {
  RiAddCircleLine,
  RiApps2Line,
  RiNotification3Line,
  RiBookOpenLine,
  RiFileCopy2Line,
  RiHome5Line,
  RiMenuLine,
  RiPlugLine,
  RiSearchLine,
  RiSettings4Line,
} from '@remixicon/react';
import type { ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import { portalTranslationRef } from '../translation';
import { SidebarLogo } from './SidebarLogo';
import { useSearchShortcut } from './useSearchShortcut';

/** Pages that are reached another way, or are tools for the portal's developers. */
const NOT_IN_THE_MENU = [
  'page:app-visualizer',
  'page:catalog-graph',
  'page:catalog-import',
];

/**
 * The navigation: the pages everybody needs in a fixed order, then whatever the installed plugins
 * bring, by title. A page is listed as soon as its plugin is installed and has a title and an icon.
 */
export function PortalSidebar({ navItems }: NavContentComponentProps) {
  const { t } = useTranslationRef(portalTranslationRef);
  const { pathname } = useLocation();
  const take = (id: string, text?: string, icon?: ReactElement) => {
    const item = navItems.take(id);
    return item && toSidebarItem(item, text, icon);
  };
  const services = navItems.take('page:provisioning');
  const askHref = `${services?.href}/new`;
  // Where services can be asked for, that is what "Create" means; the scaffolder's list stands beside it.
  const create = services
    ? [
        <SidebarItem
          key="create"
          icon={() => <RiAddCircleLine />}
          to={askHref}
          text={t('nav.create')}
        />,
        <SidebarItem
          key="services"
          icon={() => services.icon}
          to={services.href}
          // Its own entry is the one that is lit while one asks.
          end={pathname === askHref}
          text={t('nav.services')}
        />,
        take('page:scaffolder', t('nav.templates'), <RiFileCopy2Line />),
      ]
    : [take('page:scaffolder', t('nav.create'), <RiAddCircleLine />)];
  const main = [
    take('page:home', t('nav.home'), <RiHome5Line />),
    take('page:catalog', t('nav.catalog'), <RiApps2Line />),
    take('page:api-docs', t('nav.apis'), <RiPlugLine />),
    take('page:techdocs', t('nav.docs'), <RiBookOpenLine />),
    ...create,
    take('page:delivery'),
    take('page:cab', t('nav.changes')),
    take('page:dojo'),
  ];
  const search = navItems.take('page:search');
  const notifications = navItems.take('page:notifications');
  const settings = navItems.take('page:user-settings');
  NOT_IN_THE_MENU.forEach(id => navItems.take(id));
  const rest = [...navItems.rest()]
    .sort((a, b) => a.title.localeCompare(b.title))
    .map(item => toSidebarItem(item));
  useSearchShortcut(search?.href);

  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarDivider />
      <SidebarGroup label={t('nav.menu')} icon={<RiMenuLine />}>
        {main}
        <SidebarScrollWrapper>{rest}</SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      {search && (
        <SidebarGroup
          label={t('nav.search')}
          icon={<RiSearchLine />}
          to={search.href}
        >
          {toSidebarItem(search, t('nav.search'), <RiSearchLine />)}
        </SidebarGroup>
      )}
      {notifications && (
        <SidebarGroup
          label={t('nav.notifications')}
          icon={<RiNotification3Line />}
          to={notifications.href}
        >
          <NotificationsSidebarItem
            renderItem={({ unreadCount, to, onClick }) => (
              <SidebarItem
                icon={() => <RiNotification3Line />}
                to={to}
                onClick={onClick}
                text={t('nav.notifications')}
                // How many is part of its name, as whoever sees the number would say it.
                aria-label={[t('nav.notifications'), unreadCount || '']
                  .join(' ')
                  .trim()}
              >
                {unreadCount > 0 ? ` ${unreadCount}` : null}
              </SidebarItem>
            )}
          />
        </SidebarGroup>
      )}
      {settings && (
        <SidebarGroup
          label={t('nav.settings')}
          icon={<RiSettings4Line />}
          to={settings.href}
        >
          {toSidebarItem(settings, t('nav.settings'), <RiSettings4Line />)}
        </SidebarGroup>
      )}
    </Sidebar>
  );
}

function toSidebarItem(
  item: NavContentNavItem,
  text = item.title,
  icon: ReactElement | null = item.icon,
) {
  return (
    <SidebarItem
      key={item.node.spec.id}
      icon={() => icon}
      to={item.href}
      text={text}
    />
  );
}
