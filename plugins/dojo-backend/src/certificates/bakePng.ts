import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const KEYWORD = 'openbadgecredential';
/** Signature and IHDR. */
const AFTER_HEAD = 33;

/** A chunk of a PNG. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A picture with a certificate in it. */
export function bakePng(png: Buffer, credential: string): Buffer {
  const text = Buffer.concat([
    Buffer.from(KEYWORD, 'latin1'),
    // End of the keyword, not compressed, and neither language nor translation.
    Buffer.alloc(5),
    Buffer.from(credential, 'utf8'),
  ]);
  return Buffer.concat([
    png.subarray(0, AFTER_HEAD),
    chunk('iTXt', text),
    png.subarray(AFTER_HEAD),
  ]);
}

/** The certificate in a picture; undefined where there is none, several, or a broken part. */
export function unbakePng(png: Buffer): string | undefined {
  if (!png.subarray(0, 8).equals(SIGNATURE)) return undefined;
  const found: string[] = [];
  for (let at = 8; at < png.length; ) {
    if (at + 12 > png.length) return undefined;
    const length = png.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > png.length) return undefined;
    const body = png.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== png.readUInt32BE(end - 4)) return undefined;
    const type = body.subarray(0, 4).toString('latin1');
    const data = body.subarray(4);
    if (type === 'iTXt' && startsWith(data, KEYWORD)) {
      const rest = data.subarray(KEYWORD.length);
      // Compressed, or with a language of its own: not as the specification has it.
      if (!rest.subarray(0, 5).equals(Buffer.alloc(5))) return undefined;
      found.push(rest.subarray(5).toString('utf8'));
    }
    if (type === 'IEND') break;
    at = end;
  }
  return found.length === 1 ? found[0] : undefined;
}

function startsWith(data: Buffer, keyword: string): boolean {
  return (
    data.subarray(0, keyword.length).toString('latin1') === keyword &&
    data[keyword.length] === 0
  );
}
