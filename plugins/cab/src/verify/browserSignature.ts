import type { CheckSignature } from './verifyRecord';

/** Ed25519 by the browser; undefined where it has none, or the page is not secure. */
export const browserSignature: CheckSignature = async (
  publicKey,
  signature,
  text,
) => {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return undefined;
  let key: CryptoKey;
  try {
    key = await subtle.importKey(
      'raw',
      new Uint8Array(publicKey),
      'Ed25519',
      false,
      ['verify'],
    );
  } catch {
    // Browsers that do not know the kind of key refuse it.
    return undefined;
  }
  return subtle.verify(
    'Ed25519',
    key,
    new Uint8Array(signature),
    new Uint8Array(text),
  );
};
