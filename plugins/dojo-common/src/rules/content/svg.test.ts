import { readDrawing } from './svg';

const svg = (inside: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"${more}>${inside}</svg>`;

it('gives back what draws, with its shape', () => {
  const { svg: text, ratio } = readDrawing(svg('<text x="1">a &amp; b</text>'));
  expect(ratio).toBe(2);
  expect(text).toBe(
    svg('<text x="1">a &amp; b</text>').replace('viewBox', 'viewBox'),
  );
});

it.each([
  ['a script', svg('<script>1</script>')],
  ['a handler', svg('', ' onload="x()"')],
  ['a style', svg('<style>*{}</style>')],
  ['a link', svg('<a href="x"><path/></a>')],
  ['a picture', svg('<image href="x"/>')],
  ['a use', svg('<use href="#x"/>')],
  ['HTML', svg('<foreignObject/>')],
  ['a foreign element', svg('<x:script xmlns:x="urn:x"/>')],
  ['a prefixed name', svg('<s:rect xmlns:s="http://www.w3.org/2000/svg"/>')],
  ['an animation', svg('<set attributeName="x"/>')],
  ['an address', svg('<rect fill="url(https://x.y/z)"/>')],
  ['an entity', svg('&xxe;')],
  ['a doctype', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`],
  ['an instruction', `<?xml-stylesheet href="x"?>${svg('')}`],
  ['no end', svg('<g>')],
  ['no box', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['something else', '<html xmlns="http://www.w3.org/2000/svg"/>'],
])('refuses %s', (_, source) => {
  expect(() => readDrawing(source)).toThrow(TypeError);
});
