import { useApi } from '@backstage/frontend-plugin-api';
import { QueryProvider as KitQueryProvider } from '@fawkes/kit-ui/query';
import { SaidProvider } from '@fawkes/kit-ui/values';
import type { PropsWithChildren } from 'react';
import { provisioningApiRef } from '../api';
import { useSpeak } from './useSpeak';

/**
 * Everything that uses the hooks of this folder stands in one of these, and says
 * what they answer in the language of the person.
 */
export function QueryProvider({ children }: PropsWithChildren) {
  return (
    <KitQueryProvider owner={useApi(provisioningApiRef)}>
      <SaidProvider speak={useSpeak()}>{children}</SaidProvider>
    </KitQueryProvider>
  );
}
