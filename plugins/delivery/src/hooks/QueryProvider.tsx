import { useApi } from '@backstage/frontend-plugin-api';
import { QueryProvider as KitQueryProvider } from '@fawkes/kit-ui/query';
import type { PropsWithChildren } from 'react';
import { deliveryApiRef } from '../api';

/** Everything that uses the hooks of this folder stands in one of these. */
export function QueryProvider({ children }: PropsWithChildren) {
  return (
    <KitQueryProvider owner={useApi(deliveryApiRef)}>
      {children}
    </KitQueryProvider>
  );
}
