import type { RendererProps } from '@backstage/plugin-home-react';
import { Card, CardBody, CardFooter, CardHeader, Text } from '@backstage/ui';
import type { ComponentType } from 'react';
import styles from './HomeCard.module.css';

/** What a card may bring beside what every home page knows. */
type HomeCardProps = RendererProps & {
  /** Its title in the language of the reader; the extension's own is one text for all. */
  Title?: ComponentType;
};

/** The frame of a card on the home page, whichever plugin the card comes from. */
export function HomeCard(props: HomeCardProps) {
  const { title, Title, Content, Actions, Settings, ContextProvider, ...rest } =
    props;
  const card = (
    <Card className={styles.card}>
      {(Title || title) && (
        <CardHeader>
          <Text as="h2" variant="body-large" weight="bold">
            {Title ? <Title /> : title}
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
