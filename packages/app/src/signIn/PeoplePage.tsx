import { ResponseError } from '@backstage/errors';
import {
  discoveryApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert } from '@backstage/ui';
import { useState } from 'react';
import { portalTranslationRef } from '../translation';
import { DevelopmentIdentity } from './DevelopmentIdentity';
import { PersonCard } from './PersonCard';
import styles from './PeoplePage.module.css';
import { SignInShell } from './SignInShell';
import type { SamplePerson } from './samplePeople';

/** Offers the sample people; choosing one signs in. */
export function PeoplePage(props: {
  people: SamplePerson[];
  onSignInSuccess: SignInPageProps['onSignInSuccess'];
}) {
  const discoveryApi = useApi(discoveryApiRef);
  const { t } = useTranslationRef(portalTranslationRef);
  const [pendingRef, setPendingRef] = useState<string>();
  const [problem, setProblem] = useState<string>();

  const choose = async ({ ref, name }: SamplePerson) => {
    setPendingRef(ref);
    setProblem(undefined);
    try {
      props.onSignInSuccess(
        await DevelopmentIdentity.signIn({ ref, discoveryApi }),
      );
    } catch (error) {
      const missing =
        error instanceof ResponseError && error.statusCode === 404;
      const reason = error instanceof Error ? error.message : String(error);
      setProblem(
        missing
          ? t('signIn.notLoaded', { name })
          : t('signIn.failed', { name, reason }),
      );
      setPendingRef(undefined);
    }
  };

  return (
    <SignInShell
      title={t('signIn.developmentTitle')}
      text={t('signIn.developmentText')}
    >
      <div role="alert" className={styles.problem}>
        {problem && <Alert status="warning" icon title={problem} />}
      </div>
      <ul className={styles.people}>
        {props.people.map(person => (
          <li key={person.ref}>
            <PersonCard
              person={person}
              isPending={pendingRef === person.ref}
              isDisabled={pendingRef !== undefined}
              onChoose={() => choose(person)}
            />
          </li>
        ))}
      </ul>
    </SignInShell>
  );
}
