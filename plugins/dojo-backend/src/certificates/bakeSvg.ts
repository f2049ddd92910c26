import { SaxesParser } from 'saxes';

const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0';

/** A picture with a certificate in it. */
export function bakeSvg(svg: string, credential: string): string {
  const text = credential.split(']]>').join(']]]]><![CDATA[>');
  const element = `<openbadges:credential xmlns:openbadges="${NAMESPACE}"><![CDATA[${text}]]></openbadges:credential>`;
  return svg.replace(/(<svg\b[^>]*>)/, (_match, opening) => opening + element);
}

/** How deep a picture may be nested: the reader looks for names all the way up. */
const DEEPEST = 32;
/** How many elements it may have. */
const MOST = 10_000;

/**
 * The certificate in a picture; undefined where there is none, several, or what
 * could make a reader of XML do something else. The first fault ends the reading.
 */
export function unbakeSvg(svg: string): string | undefined {
  const found: string[] = [];
  let open: string | undefined;
  let depth = 0;
  let count = 0;
  const refuseIf = (isBad: boolean) => {
    if (isBad) throw new TypeError('Not a picture with a certificate');
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', error => {
    throw error;
  });
  // A bare one is fine; one with a part of its own declares entities.
  parser.on('doctype', doctype => refuseIf(doctype.includes('[')));
  parser.on('opentag', ({ uri, local, isSelfClosing }) => {
    depth++;
    count++;
    refuseIf(depth > DEEPEST || count > MOST || open !== undefined);
    if (uri === NAMESPACE && local === 'credential' && !isSelfClosing) {
      open = '';
    }
  });
  const add = (text: string) => {
    if (open !== undefined) open += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    depth--;
    if (open !== undefined) found.push(open.trim());
    open = undefined;
  });
  try {
    parser.write(svg).close();
  } catch {
    return undefined;
  }
  return found.length === 1 ? found[0] : undefined;
}
