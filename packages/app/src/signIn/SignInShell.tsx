import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import { Logo } from '../brand/Logo';
import styles from './SignInShell.module.css';

/** The frame of every state of the sign-in page: the brand, a heading, and what can be done. */
export function SignInShell(props: {
  title: string;
  text?: string;
  children?: ReactNode;
}) {
  const configApi = useApi(configApiRef);
  const name = configApi.getOptionalString('app.title') ?? 'Fawkes';
  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <div className={styles.brand}>
          <Logo size={40} />
          <Text as="span" variant="title-small" weight="bold">
            {name}
          </Text>
        </div>
        <Text
          as="h1"
          variant={{ initial: 'title-small', sm: 'title-medium' }}
          weight="bold"
        >
          {props.title}
        </Text>
        {props.text && (
          <Text
            as="p"
            variant="body-large"
            color="secondary"
            className={styles.text}
          >
            {props.text}
          </Text>
        )}
        {props.children}
      </div>
    </main>
  );
}
