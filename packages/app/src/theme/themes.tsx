import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  genPageTheme,
  palettes,
  UnifiedThemeProvider,
  type UnifiedTheme,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';

/**
 * Backstage's older pages take their colours from a Material theme, which cannot read CSS
 * variables. These few values repeat tokens.css for them; everything new uses the tokens.
 */
type Shades = {
  app: string;
  card: string;
  text: string;
  textSubtle: string;
  border: string;
  accent: string;
  accentText: string;
  link: string;
  negative: string;
};

const LIGHT: Shades = {
  app: '#f3f6f6',
  card: '#ffffff',
  text: '#14211f',
  textSubtle: '#4f5f60',
  border: '#dbe2e2',
  accent: '#0e6073',
  accentText: '#ffffff',
  link: '#0e6073',
  negative: '#b3261e',
};

const DARK: Shades = {
  app: '#10181a',
  card: '#182226',
  text: '#ebf1f0',
  textSubtle: '#a7b6b7',
  border: '#304045',
  accent: '#7cc7d6',
  accentText: '#06222a',
  link: '#7cc7d6',
  negative: '#ff9187',
};

const NAVIGATION = {
  background: '#10282e',
  indicator: '#f2a33a',
  color: '#c3d2d3',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#1d3c44' },
  submenu: { background: '#1d3c44' },
};

function createPortalTheme(
  base: typeof palettes.light | typeof palettes.dark,
  shades: Shades,
): UnifiedTheme {
  const header = genPageTheme({
    colors: [shades.app, shades.app],
    shape: 'none',
    options: { fontColor: shades.text },
  });
  const flat = { boxShadow: 'none', border: `1px solid ${shades.border}` };
  return createUnifiedTheme({
    palette: {
      ...base,
      primary: { main: shades.accent, contrastText: shades.accentText },
      secondary: { main: shades.accent, contrastText: shades.accentText },
      error: { main: shades.negative },
      background: { default: shades.app, paper: shades.card },
      text: { primary: shades.text, secondary: shades.textSubtle },
      divider: shades.border,
      border: shades.border,
      textSubtle: shades.textSubtle,
      link: shades.link,
      linkHover: shades.link,
      navigation: NAVIGATION,
      tabbar: { indicator: shades.accent },
    },
    fontFamily: 'system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif',
    defaultPageTheme: 'home',
    pageTheme: Object.fromEntries(
      [
        'home',
        'documentation',
        'tool',
        'service',
        'website',
        'library',
        'other',
        'app',
        'apis',
      ].map(name => [name, header]),
    ),
    components: {
      BackstageHeader: {
        styleOverrides: {
          header: { boxShadow: 'none', paddingBottom: 8 },
          title: { color: shades.text, fontSize: '1.75rem' },
          subtitle: { color: shades.textSubtle },
          type: { color: shades.textSubtle },
          breadcrumb: { color: shades.textSubtle },
          breadcrumbType: { color: shades.textSubtle },
          breadcrumbTitle: { color: shades.textSubtle },
        },
      },
      BackstageHeaderLabel: {
        styleOverrides: {
          label: { color: shades.textSubtle },
          value: { color: shades.text },
        },
      },
      BackstageHeaderTabs: {
        styleOverrides: {
          tabsWrapper: { backgroundColor: shades.app, paddingLeft: 16 },
          defaultTab: { textTransform: 'none', fontSize: '0.9375rem' },
        },
      },
      // The margins of Backstage push the outer ones of four off a narrow screen.
      MuiBottomNavigationAction: {
        styleOverrides: {
          root: { '&&': { flexGrow: 1, minWidth: 56, margin: 0 } },
        },
      },
      MuiPaper: {
        styleOverrides: {
          elevation1: flat,
          elevation2: flat,
        },
      },
      // Names wrap between words; the default breaks them anywhere to squeeze columns.
      MuiTableCell: {
        styleOverrides: {
          root: { wordBreak: 'normal', lineHeight: 1.4, padding: '12px 16px' },
        },
      },
      BackstageTableHeader: {
        styleOverrides: {
          header: {
            color: shades.textSubtle,
            borderTop: `1px solid ${shades.border}`,
            borderBottom: `1px solid ${shades.border}`,
          },
        },
      },
      BackstageSelectInputBase: {
        styleOverrides: {
          input: {
            border: `1px solid ${shades.border}`,
            backgroundColor: shades.card,
          },
        },
      },
      CatalogReactUserListPicker: {
        styleOverrides: { root: { backgroundColor: 'transparent' } },
      },
      MuiButton: {
        styleOverrides: { root: { textTransform: 'none' } },
      },
      MuiTab: {
        styleOverrides: { root: { textTransform: 'none' } },
      },
    },
  });
}

const light = createPortalTheme(palettes.light, LIGHT);
const dark = createPortalTheme(palettes.dark, DARK);

/** The portal in daylight. */
export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={light} themeName="fawkes">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

/** The portal at night. */
export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={dark} themeName="fawkes">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});
