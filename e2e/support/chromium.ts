/** What lets Chromium run in a container, and keeps it from talking to anybody but the portal. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** The browser of the journeys. */
export const chromium = {
  executablePath: process.env.CHROMIUM_PATH,
  args: FLAGS,
};

/** The same with scrollbars that take room from the page, as most desktops have them; Playwright hides them otherwise. */
export const chromiumWithScrollbars = {
  ...chromium,
  ignoreDefaultArgs: ['--hide-scrollbars'],
};
