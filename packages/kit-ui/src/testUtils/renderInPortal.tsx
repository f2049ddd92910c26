import { permissionApiRef } from '@backstage/plugin-permission-react';
import type { Entity } from '@backstage/catalog-model';
import {
  mockApis,
  renderInTestApp,
  type TestAppOptions,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { fakeSignals, type FakeSignals } from './fakeSignals';

/** What stands around a piece of a screen in a test. @public */
export interface PortalOptions {
  /** APIs of the family; they come before those of the portal. */
  apis?: TestAppOptions['apis'];
  /** Routes of the family. The page of an entity is there without. */
  mountedRoutes?: TestAppOptions['mountedRoutes'];
  /** Address to open. */
  at?: string;
  /** Route pattern of the element, e.g. `/things/:key`. */
  path?: string;
  /** What the catalog knows. */
  entities?: Entity[];
  /** The person may do what the page asks about. */
  allowed?: boolean;
  /** Refs of the person and of their groups; the person first. */
  ownership?: string[];
  /** News the test sends. */
  signals?: FakeSignals;
  /** Language the person has chosen. */
  language?: string;
}

/** A choice of language that nobody changes. */
function speaking(language: string) {
  const silent = { subscribe: () => ({ unsubscribe() {}, closed: false }) };
  return {
    getAvailableLanguages: () => ({ languages: ['en', 'de'] }),
    getLanguage: () => ({ language }),
    setLanguage() {},
    language$: () => silent,
  } as unknown as typeof appLanguageApiRef.T;
}

/** Reads the address out, as `getByLabelText('address')`. */
function Address() {
  const { pathname, search } = useLocation();
  return (
    <span role="note" aria-label="address">
      {pathname + search}
    </span>
  );
}

/**
 * Renders a piece of a screen in an app with everything around it: catalog,
 * permissions, signals, a person, an address.
 * @public
 */
export function renderInPortal(
  element: ReactElement,
  {
    apis = [],
    mountedRoutes,
    at = '/',
    path = '*',
    entities = [],
    allowed = true,
    ownership = ['user:default/guest'],
    signals = fakeSignals(),
    language = 'en',
  }: PortalOptions = {},
): RenderResult {
  return renderInTestApp(
    <>
      <Address />
      <Routes>
        <Route path={path} element={element} />
        <Route path="*" element={<p>Another page</p>} />
      </Routes>
    </>,
    {
      initialRouteEntries: [at],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        ...mountedRoutes,
      },
      apis: [
        ...apis,
        mockApis.identity({
          userEntityRef: ownership[0],
          ownershipEntityRefs: ownership,
        }),
        [catalogApiRef, catalogApiMock({ entities })],
        [signalApiRef, signals.api],
        [appLanguageApiRef, speaking(language)],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        ],
      ],
    },
  );
}
