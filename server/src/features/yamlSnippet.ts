import type { Skeleton } from '../schema/fieldsAt.ts';
import type { Scalar } from '../text/sourceNode.ts';

export interface SnippetStyle {
  readonly flow: boolean;
  /** Keys and texts are written in double quotes. */
  readonly json: boolean;
  /** List items stand below their key, not right of it. */
  readonly flatLists: boolean;
  /** What stands before each line but the first. */
  readonly indent: string;
}

/** Writes fields with what they require as a snippet whose placeholders are filled in from the top. */
export class YamlSnippet {
  readonly #style: SnippetStyle;
  #placeholders = 0;

  constructor(style: SnippetStyle) {
    this.#style = style;
  }

  /** The next placeholder gets this number: those before it are written already. */
  startAt(number: number): void {
    this.#placeholders = number - 1;
  }

  /** `name: …` with all that it requires. */
  field(name: string, value: Skeleton, indent = this.#style.indent): string {
    return `${this.#key(name)}:${this.#value(value, indent)}`;
  }

  #value(value: Skeleton, indent: string): string {
    const { flow, flatLists } = this.#style;
    if (value.kind === 'scalar') return ` ${this.#scalar(value.values)}`;
    if (flow) return ` ${this.#flow(value)}`;
    const inner = `${indent}  `;
    if (value.kind === 'map') {
      if (value.fields.length === 0) return `\n${inner}${this.#placeholder()}`;
      return value.fields.map((field) => `\n${inner}${this.field(field.name, field.value, inner)}`).join('');
    }
    const dash = flatLists ? indent : inner;
    return `\n${dash}- ${this.#item(value.item, `${dash}  `)}`;
  }

  #item(item: Skeleton, indent: string): string {
    if (item.kind === 'map' && item.fields.length > 0) {
      return item.fields.map((field) => this.field(field.name, field.value, indent)).join(`\n${indent}`);
    }
    return item.kind === 'scalar' ? this.#scalar(item.values) : this.#placeholder();
  }

  #flow(value: Skeleton): string {
    switch (value.kind) {
      case 'scalar':
        return this.#scalar(value.values);
      case 'list':
        return `[${this.#flow(value.item)}]`;
      case 'map': {
        if (value.fields.length === 0) return `{ ${this.#placeholder()} \\}`;
        const fields = value.fields.map((field) => `${this.#key(field.name)}: ${this.#flow(field.value)}`);
        return `{ ${fields.join(', ')} \\}`;
      }
    }
  }

  #scalar(values: readonly Scalar[]): string {
    if (values.length < 2)
      return values.length === 1 ? escaped(yamlScalar(values[0]!, this.#style.json)) : this.#placeholder();
    const choices = values.map((value) => yamlScalar(value, this.#style.json).replace(/[\\,|$}]/g, '\\$&'));
    this.#placeholders++;
    return `\${${this.#placeholders}|${choices.join(',')}|}`;
  }

  #placeholder(): string {
    this.#placeholders++;
    return `$${this.#placeholders}`;
  }

  #key(name: string): string {
    return escaped(this.#style.json ? JSON.stringify(name) : name);
  }
}

/** A value as it is written in YAML: in quotes where it would be read as something else. */
export function yamlScalar(value: Scalar, json: boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[A-Za-z/][\w./ -]*$/.test(value) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value);
  return json || !isPlain || value.endsWith(' ') ? JSON.stringify(value) : value;
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
