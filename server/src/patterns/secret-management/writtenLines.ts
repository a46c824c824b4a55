/** One `name = value` of a configuration file. */
export interface WrittenLine {
  readonly name: string;
  readonly value: string;
}

/** The settings of a file in a format of lines: properties, environment, INI, YAML, or one pair to a line of JSON. */
export function* writtenLines(text: string): Iterable<WrittenLine> {
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:#|\/\/|;|!)/.test(line)) continue;
    const match = /^\s*(?:-\s+|export\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*(.+?)\s*,?\s*$/.exec(line);
    if (!match) continue;
    const [, name, value] = match as unknown as [string, string, string];
    yield { name, value: unquoted(value) };
  }
}

function unquoted(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return quoted ? quoted[2]! : value.replace(/\s+#.*$/, '');
}
