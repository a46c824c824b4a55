/**
 * Whether the profiles of a document are among the active ones: names parted by commas, of which one must be active, each
 * an expression of `!`, `&`, `|` and parentheses. Undefined for what is no expression.
 */
export function matchesProfiles(expression: string, active: ReadonlySet<string>): boolean | undefined {
  const results = expression.split(',').map((part) => new ExpressionReader(part, active).read());
  if (results.includes(true)) return true;
  return results.includes(undefined) ? undefined : false;
}

class ExpressionReader {
  readonly #tokens: readonly string[];
  readonly #active: ReadonlySet<string>;
  #next = 0;

  constructor(text: string, active: ReadonlySet<string>) {
    this.#tokens = text.match(/[!&|()]|[^\s!&|()]+/g) ?? [];
    this.#active = active;
  }

  read(): boolean | undefined {
    const result = this.#either();
    return this.#next === this.#tokens.length ? result : undefined;
  }

  #either(): boolean | undefined {
    let result = this.#both();
    while (this.#takes('|')) {
      const other = this.#both();
      result = result === undefined || other === undefined ? undefined : result || other;
    }
    return result;
  }

  #both(): boolean | undefined {
    let result = this.#one();
    while (this.#takes('&')) {
      const other = this.#one();
      result = result === undefined || other === undefined ? undefined : result && other;
    }
    return result;
  }

  #one(): boolean | undefined {
    if (this.#takes('!')) {
      const result = this.#one();
      return result === undefined ? undefined : !result;
    }
    if (this.#takes('(')) {
      const result = this.#either();
      return this.#takes(')') ? result : undefined;
    }
    const name = this.#tokens[this.#next];
    if (name === undefined || /^[&|)]$/.test(name)) return undefined;
    this.#next++;
    return this.#active.has(name);
  }

  #takes(sign: string): boolean {
    if (this.#tokens[this.#next] !== sign) return false;
    this.#next++;
    return true;
  }
}
