const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** A signature has 88 characters; whatever is much longer is none. */
const LONGEST = 128;

/** Bytes in base58 as Bitcoin has it. */
export function toBase58(bytes: Uint8Array): string {
  let value = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 58n) text = ALPHABET[Number(value % 58n)] + text;
  const zeros = bytes.findIndex(byte => byte !== 0);
  return '1'.repeat(zeros < 0 ? bytes.length : zeros) + text;
}

/** Bytes of a text in base58; undefined for what is none, or too long. */
export function fromBase58(text: string): Buffer | undefined {
  if (text.length > LONGEST) return undefined;
  let value = 0n;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const hex = value === 0n ? '' : value.toString(16);
  const zeros = /^1*/.exec(text)![0].length;
  return Buffer.concat([
    Buffer.alloc(zeros),
    Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'),
  ]);
}
