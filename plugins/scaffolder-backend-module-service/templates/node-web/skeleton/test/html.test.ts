import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from '../src/html.ts';

test('takes values for text', () => {
  assert.equal(
    html`<a title="${'"x"'}">${"<b>&'"}</a>`.text,
    '<a title="&quot;x&quot;">&lt;b&gt;&amp;&#39;</a>',
  );
});

test('takes HTML for HTML', () => {
  assert.equal(html`<p>${html`<b>${1}</b>`}</p>`.text, '<p><b>1</b></p>');
});
