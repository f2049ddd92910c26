import { Content, Page } from '@backstage/core-components';
import { CabRouter } from './CabRouter';

/** The change approval pages in the shell of the legacy frontend system. */
export function LegacyCabPage() {
  return (
    <Page themeId="tool">
      <Content noPadding>
        <CabRouter />
      </Content>
    </Page>
  );
}
