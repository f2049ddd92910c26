import { Content, Page } from '@backstage/core-components';
import { DeliveryRouter } from './DeliveryRouter';

/** The delivery pages in the shell of the legacy frontend system. */
export function LegacyDeliveryPage() {
  return (
    <Page themeId="tool">
      <Content noPadding>
        <DeliveryRouter />
      </Content>
    </Page>
  );
}
