import { Content, Page } from '@backstage/core-components';
import { ProvisioningRouter } from './ProvisioningRouter';

/** The provisioning pages in the shell of the legacy frontend system. */
export function LegacyProvisioningPage() {
  return (
    <Page themeId="tool">
      <Content noPadding>
        <ProvisioningRouter />
      </Content>
    </Page>
  );
}
