import {
  configApiRef,
  discoveryApiRef,
  Progress,
  useApi,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Button } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { portalTranslationRef } from '../translation';
import { findWayIn, type WayIn } from './findWayIn';
import { PeoplePage } from './PeoplePage';
import { ProvidersPage } from './ProvidersPage';
import { SignInShell } from './SignInShell';

/** The first page of the portal, unless the session of last time still holds. */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const apis = useApiHolder();
  const configApi = useApi(configApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const { t } = useTranslationRef(portalTranslationRef);
  const [attempt, setAttempt] = useState(1);
  const [wayIn, setWayIn] = useState<WayIn>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let current = true;
    setFailure(undefined);
    findWayIn({ apis, configApi, discoveryApi }).then(
      found => {
        if (!current) {
          return;
        }
        if (found.kind === 'signed-in') {
          onSignInSuccess(found.identity);
        } else {
          setWayIn(found);
        }
      },
      error => {
        if (current) {
          setFailure(error instanceof Error ? error.message : String(error));
        }
      },
    );
    return () => {
      current = false;
    };
  }, [apis, configApi, discoveryApi, onSignInSuccess, attempt]);

  if (failure !== undefined) {
    return (
      <SignInShell
        title={t('signIn.unreachableTitle')}
        text={t('signIn.unreachableText', { reason: failure })}
      >
        <Button onPress={() => setAttempt(attempt + 1)}>
          {t('signIn.again')}
        </Button>
      </SignInShell>
    );
  }
  switch (wayIn?.kind) {
    case 'people':
      return (
        <PeoplePage people={wayIn.people} onSignInSuccess={onSignInSuccess} />
      );
    case 'providers':
      return (
        <ProvidersPage ids={wayIn.ids} onSignInSuccess={onSignInSuccess} />
      );
    case 'none':
      return (
        <SignInShell
          title={t('signIn.noWayTitle')}
          text={t('signIn.noWayText')}
        />
      );
    default:
      return <Progress />;
  }
}
