/** Shorter ones would black out ordinary words. */
const SHORTEST = 6;

const MARK = '***';

/**
 * Takes secrets out of text: as they are, and as addresses, JSON and Basic
 * authentication spell them.
 */
export class Redactor {
  /** Longest first: one secret may begin with another. */
  private readonly spellings: readonly string[];

  /** @param secrets - those of fewer than 6 characters are not looked for */
  constructor(secrets: readonly string[] = []) {
    const spellings = secrets
      .filter(secret => secret.length >= SHORTEST)
      .flatMap(secret => [
        secret,
        encodeURIComponent(Buffer.from(secret).toString()),
        JSON.stringify(secret).slice(1, -1),
        ...inBase64(secret),
      ])
      .filter(spelling => spelling.length >= SHORTEST);
    this.spellings = [...new Set(spellings)].sort(
      (a, b) => b.length - a.length,
    );
  }

  /** The text without secrets. */
  clean(text: string): string {
    return this.spellings.reduce(
      (rest, spelling) => rest.replaceAll(spelling, MARK),
      text,
    );
  }

  /**
   * Splits text that goes on later into what can be shown now, cleaned, and an
   * end that may be the beginning of a secret.
   */
  cleanSoFar(text: string): { clean: string; held: string } {
    const clean = this.clean(text);
    const held = Math.max(
      0,
      ...this.spellings.map(spelling => overlap(clean, spelling)),
    );
    const cut = clean.length - held;
    return { clean: clean.slice(0, cut), held: clean.slice(cut) };
  }
}

/** How many characters at the end of the text may begin the secret. */
function overlap(text: string, secret: string): number {
  const most = Math.min(secret.length - 1, text.length);
  for (let length = most; length > 0; length--) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}

/**
 * What base64 makes of a secret inside a longer text, e.g. `user:secret`: three
 * spellings, by how many bytes stand before it, each without the groups that it
 * shares with what is around it.
 */
function inBase64(secret: string): string[] {
  return [0, 1, 2].map(before => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const whole = Math.floor(bytes.length / 3) * 4;
    return bytes.toString('base64').slice(before === 0 ? 0 : 4, whole);
  });
}
