import { createHash } from 'node:crypto';
import { pageWords, type PageLanguage } from './pageWords';
import { escapeXml } from './pictures';
import type { Verdict, Verification } from './verify';

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2126; --quiet: #59636e; --paper: #ffffff; --line: #c9d0d7; --well: #1a6b3c; --ill: #a1260d; --way: #1f5493; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --quiet: #a3adb8; --paper: #15191d; --line: #3c454e; --well: #6fce97; --ill: #ff9b85; --way: #8fbef2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2rem; font-size: 1.125rem; }
.verdict { padding: .75rem 1rem; border-inline-start: 4px solid var(--quiet); font-size: 1.125rem; font-weight: 600; }
.verdict[data-verdict='valid'] { border-color: var(--well); color: var(--well); }
.verdict[data-verdict='invalid'], .verdict[data-verdict='revoked'], .verdict[data-verdict='expired'] { border-color: var(--ill); color: var(--ill); }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
dt, .quiet { color: var(--quiet); } ol { padding-inline-start: 1.5rem; }
label { display: block; margin: 1rem 0 .25rem; } textarea, input { width: 100%; font: inherit; padding: .5rem; border: 1px solid var(--line); border-radius: 4px; background: transparent; color: inherit; }
textarea { min-height: 8rem; font-family: ui-monospace, monospace; font-size: .875rem; }
button { margin-top: 1rem; padding: .625rem 1.25rem; border: 0; border-radius: 4px; background: var(--way); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer; }
a { color: var(--way); } :focus-visible { outline: 2px solid var(--way); outline-offset: 2px; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .5rem; } }
`;

/** What a page of ours may do: nothing but show its own style and ask us. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash(
    'sha256',
  )
    .update(STYLE)
    .digest(
      'base64',
    )}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** What a page says. */
export interface PageContent {
  language: PageLanguage;
  /** Where its form goes. */
  action: string;
  sample: boolean;
  verdict?: Verdict | 'unknown';
  verification?: Verification;
  /** What its holder is called, where they want that told. */
  holder?: string;
  /** Whether it was issued to the address that was asked about. */
  issuedTo?: 'yes' | 'no' | 'none';
  /** Something that went wrong before. */
  note?: 'tooMuch' | 'noFile';
  /** Of the certificate whose page it is. */
  id?: string;
}

/** The page as HTML; it works without a script. */
export function verifyPage(content: PageContent): string {
  const { language, verdict, verification, sample } = content;
  const words = pageWords[language];
  const parts = [
    sample ? `<p class="quiet">${words.sample}</p>` : '',
    content.note ? `<p role="alert">${words[content.note]}</p>` : '',
    verdict
      ? `<p class="verdict" role="status" data-verdict="${verdict}">${words.verdict[verdict]}</p>`
      : '',
    issuedTo(content),
    verification ? details(content, verification) : '',
    verification ? stepList(verification, language) : '',
    form(content),
  ];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${
    words.title
  }</title><style>${STYLE}</style></head>
<body><main><h1>${words.title}</h1>${parts.join('\n')}</main></body></html>`;
}

function issuedTo({ language, issuedTo: answer }: PageContent): string {
  if (!answer) return '';
  const words = pageWords[language];
  const text = {
    yes: words.issuedTo,
    no: words.notIssuedTo,
    none: words.noAddress,
  }[answer];
  return `<p>${text}</p>`;
}

/** What a sound certificate says; of one that is not, nothing is repeated. */
function details(
  { language, holder }: PageContent,
  { verdict, badge, issuer }: Verification,
): string {
  if (!badge || !issuer || verdict === 'invalid') return '';
  const words = pageWords[language];
  const { achievement } = badge.credentialSubject;
  const rows: Array<[string, string]> = [
    [words.belt, achievement.name],
    ...(holder ? [[words.holder, holder] as [string, string]] : []),
    [words.issuer, issuer.name],
    [words.awarded, badge.validFrom.slice(0, 10)],
  ];
  if (badge.validUntil) {
    rows.push([words.until, badge.validUntil.slice(0, 10)]);
  }
  if (achievement.criteria.narrative) {
    rows.push([words.criteria, achievement.criteria.narrative]);
  }
  return `<dl>${rows
    .map(([name, text]) => `<dt>${name}</dt><dd>${escapeXml(text)}</dd>`)
    .join('')}</dl>`;
}

function stepList({ steps }: Verification, language: PageLanguage): string {
  const words = pageWords[language];
  return `<h2>${words.steps}</h2><ol>${steps
    .map(
      ({ step, outcome }) =>
        `<li>${words.step[step]}: <strong>${words.outcome[outcome]}</strong></li>`,
    )
    .join('')}</ol>`;
}

function form({ language, action, id, verdict }: PageContent): string {
  const words = pageWords[language];
  const known = id
    ? `<input type="hidden" name="id" value="${escapeXml(id)}">`
    : `<label for="text">${words.text}</label><textarea id="text" name="text" spellcheck="false"></textarea>
<label for="file">${words.file}</label><input id="file" name="file" type="file" accept=".json,.svg,.png">`;
  return `<form method="post" action="${escapeXml(
    action,
  )}" enctype="multipart/form-data">${id ? '' : `<p>${words.intro}</p>`}${known}
<label for="email">${
    words.email
  }</label><input id="email" name="email" type="email" autocomplete="off" maxlength="320">
<button type="submit">${words.verify}</button></form>${
    verdict ? `<p><a href="${escapeXml(action)}">${words.another}</a></p>` : ''
  }`;
}
