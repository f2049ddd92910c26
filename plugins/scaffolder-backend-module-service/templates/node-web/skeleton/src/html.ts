const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** HTML in which every value is text, unless it is {@link Html} itself. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Html)[]
): Html {
  return new Html(
    parts.reduce((before, part, index) => {
      const value = values[index - 1] ?? '';
      return before + (value instanceof Html ? value.text : escape(String(value))) + part;
    }),
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? '');
}
