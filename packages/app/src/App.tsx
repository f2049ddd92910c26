import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './home';
import { languageModule } from './language';
import { navModule } from './nav';
import { pageModule } from './page';
import { signInModule } from './signIn';
import { themeModule } from './theme';

/**
 * The portal. Plugins come by themselves: every frontend plugin among the dependencies of this
 * package is part of it (`app.packages: all`). What is listed here is the portal's own.
 */
export default createApp({
  features: [
    themeModule,
    languageModule,
    signInModule,
    navModule,
    pageModule,
    homeModule,
  ],
});
