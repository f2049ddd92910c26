/** Largest answer that is read. */
const MOST_BYTES = 32 * 1024 * 1024;

/** An answer that is larger than anything we ask for. */
export class TooLarge extends Error {}

/**
 * The fetch that everything goes through: to the address of the one API and
 * nowhere else, also when an answer says where to go on; and read to its end, so
 * that half an answer is none.
 */
export function guardedFetch(apiBaseUrl: string): typeof fetch {
  const base = new URL(apiBaseUrl);
  const folder = `${base.pathname.replace(/\/$/, '')}/`;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== base.origin || !url.pathname.startsWith(folder)) {
      throw new Error(
        `Nothing is sent to ${url.origin}: it is not ${base.origin}`,
      );
    }
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const body = await readAll(response);
    const bare = [204, 205, 304].includes(response.status);
    return new Response(bare ? null : body, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

async function readAll(response: Response): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
