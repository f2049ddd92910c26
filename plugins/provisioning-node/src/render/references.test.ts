import { leastCpuTimeOf } from '@internal/hostile-text';
import { lineAt, linesIn, templateTags } from './expressions';
import { referencesOf } from './references';

const told = (text: string) =>
  referencesOf(text).map(
    ({ root, path, guarded }) =>
      `${[root, ...path].join('.')}${guarded ? '?' : ''}`,
  );

describe('referencesOf', () => {
  it.each([
    ['${{ values.a }}', ['values.a']],
    ['${{ values["a-b"].c[0] }}', ['values.a-b.c.0']],
    ['${{ values.a | replace("values.b", x.y) }}', ['values.a', 'x.y']],
    ['${{ "}} values.a" }}${{ b }}', ['b']],
    ['${{ values.a | default("x") }}', ['values.a?']],
    ['${{ values.a or "x" }}', ['values.a?']],
    ['${{ "x" if values.a else values.b }}', ['values.a?', 'values.b']],
    ['${{ values.a is defined }}', ['values.a?']],
    ['${{ values.a == "or" }}', ['values.a?']],
    ['${{ values.a ~ "or" }}', ['values.a']],
    [
      '{% if values.a %}${{ values.a }}${{ values.b }}{% endif %}',
      ['values.a?', 'values.a?', 'values.b'],
    ],
    ['{% if values.a %}{% endif %}${{ values.a }}', ['values.a?', 'values.a']],
    [
      '{% if false %}${{ values.a }}{% else %}${{ values.b }}{% endif %}',
      ['values.a?', 'values.b'],
    ],
    ['{% for x in values.list %}${{ x.y }}{% endfor %}', ['values.list']],
    ['{% set x = values.a %}${{ x }}', ['values.a']],
    ['{# ${{ values.a }} #}', []],
    ['{% raw %}${{ github.sha }}{% endraw %}${{ github.sha }}', ['github.sha']],
    ['{%- raw -%}{% if %}${{ a }}{%- endraw -%}${{ b }}', ['b']],
    ['${{ values.name.toUpperCase() }}', ['values.name']],
    ['${{ fn(a=1, b=c) }}', ['fn', 'c']],
    ['${{- values.a -}}', ['values.a']],
    ['${{ values.a', []],
    [
      '{% if values.a %}{% if values.b %}{% endif %}${{ values.a }}${{ values.b }}{% endif %}',
      ['values.a?', 'values.b?', 'values.a?', 'values.b'],
    ],
    ['{% if false %}{% endif %}${{ values.a }}', ['values.a']],
    ['{% endif %}{% else %}${{ values.a }}', ['values.a']],
    ['$${{ values.a }}', ['values.a']],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe('templateTags', () => {
  it('is linear in hostile text', () => {
    for (const part of [
      '${{',
      '{% raw %}',
      '{#',
      '${{ "',
      '{% if ',
      '{%-',
      '{% if values.a %}',
      '${{ a }}',
    ]) {
      const text = part.repeat(100_000);
      const read = () => {
        templateTags(text);
        referencesOf(text);
      };
      // Quadratic would be minutes.
      expect(leastCpuTimeOf(read, 5_000)).toBeLessThan(5_000);
    }
  });
});

describe('linesIn', () => {
  it('says what lineAt says', () => {
    for (const text of ['', 'a', '\n', 'a\nb\n\nc', '\n\n']) {
      const lineOf = linesIn(text);
      for (let at = 0; at <= text.length; at++) {
        expect(lineOf(at)).toBe(lineAt(text, at));
      }
    }
  });
});
