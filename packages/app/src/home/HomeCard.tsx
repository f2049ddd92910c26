import type { RendererProps } from '@backstage/plugin-home-react';
import { Card, CardBody, CardFooter, CardHeader, Text } from '@backstage/ui';
import styles from './HomeCard.module.css';

/** The frame of a card on the home page, whichever plugin the card comes from. */
export function HomeCard(props: RendererProps) {
  const { title, Content, Actions, Settings, ContextProvider, ...rest } = props;
  const card = (
    <Card className={styles.card}>
      {title && (
        <CardHeader>
          <Text as="h2" variant="body-large" weight="bold">
            {title}
          </Text>
        </CardHeader>
      )}
      <CardBody>
        <Content {...rest} />
      </CardBody>
      {Actions && (
        <CardFooter>
          <Actions />
        </CardFooter>
      )}
    </Card>
  );
  return ContextProvider ? (
    <ContextProvider {...rest}>{card}</ContextProvider>
  ) : (
    card
  );
}
