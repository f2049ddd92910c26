import {
  configApiRef,
  useApi,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Flex } from '@backstage/ui';
import { useState } from 'react';
import { portalTranslationRef } from '../translation';
import { signInWithProvider } from './findWayIn';
import { PROVIDERS } from './providers';
import { SignInShell } from './SignInShell';

/** Offers the configured providers, the first one most prominently. */
export function ProvidersPage(props: {
  ids: string[];
  onSignInSuccess: SignInPageProps['onSignInSuccess'];
}) {
  const apis = useApiHolder();
  const { t } = useTranslationRef(portalTranslationRef);
  const app = useApi(configApiRef).getOptionalString('app.title') ?? 'Fawkes';
  const [problem, setProblem] = useState<string>();
  const nameOf = (id: string) => PROVIDERS[id]?.name ?? t('signIn.oidc');

  const signIn = async (id: string) => {
    setProblem(undefined);
    try {
      const identity = await signInWithProvider(apis, id, { optional: false });
      if (identity) {
        props.onSignInSuccess(identity);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setProblem(t('signIn.providerFailed', { provider: nameOf(id), reason }));
    }
  };

  return (
    <SignInShell title={t('signIn.title', { app })}>
      <Flex direction="column" align="start" gap="4" mt="6">
        <div role="alert">
          {problem && <Alert status="danger" icon title={problem} />}
        </div>
        {props.ids.map((id, index) => (
          <Button
            key={id}
            variant={index === 0 ? 'primary' : 'secondary'}
            onPress={() => signIn(id)}
          >
            {t('signIn.with', { provider: nameOf(id) })}
          </Button>
        ))}
      </Flex>
    </SignInShell>
  );
}
