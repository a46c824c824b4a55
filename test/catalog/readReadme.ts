import type { Severity } from '../../server/src/rules/contract.ts';

/** A finding that an example promises: where the carets stand and what they say. */
export interface Marker {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  readonly message: string;
}

export interface ExampleFile {
  readonly name: string;
  /** Without the marker lines. */
  readonly text: string;
}

/** One `## fault` section of a pattern's README. */
export interface RuleSection {
  readonly fault: string;
  /** Whole workspaces that fail; most sections have one. */
  readonly failing: readonly { readonly files: readonly ExampleFile[]; readonly markers: readonly Marker[] }[];
  /** What the fix of that title makes of the last failing example before it. */
  readonly after: readonly {
    readonly title: string;
    readonly example: number;
    readonly files: readonly ExampleFile[];
  }[];
  /** Workspaces in which the rule has nothing to say. */
  readonly passing: readonly (readonly ExampleFile[])[];
}

const DEFAULT_NAMES: Readonly<Record<string, string>> = {
  yaml: 'manifest.yaml',
  dockerfile: 'Dockerfile',
  hcl: 'main.tf',
  terraform: 'main.tf',
  properties: 'application.properties',
  toml: 'Cargo.toml',
  xml: 'pom.xml',
  json: 'file.json',
};

/**
 * Reads the sections of a README. Consecutive code blocks are the files of one workspace; a block's info string is its
 * language and, for more than one file, its name (```` ```yaml service.yaml ````). A line `After "Title":` or `Passes:`
 * starts a new workspace; `Fails:` starts a further failing one. Files that an After workspace does not repeat are
 * those of the failing example.
 */
export function readReadme(markdown: string): RuleSection[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .filter((section) => /^[a-z0-9-]+\s*$/.test(section.split('\n', 1)[0]!))
    .map(readSection);
}

/** Reads one section, its heading line first. */
export function readSection(section: string): RuleSection {
  const lines = section.split('\n');
  const failing: { files: ExampleFile[]; markers: Marker[] }[] = [];
  const after: { title: string; example: number; files: ExampleFile[] }[] = [];
  const passing: ExampleFile[][] = [];
  let add: (file: ExampleFile, markers: Marker[]) => void = startFailing();
  function startFailing(): typeof add {
    let target: { files: ExampleFile[]; markers: Marker[] } | undefined;
    return (file, markers) => {
      if (!target) {
        target = { files: [], markers: [] };
        failing.push(target);
      }
      target.files.push(file);
      target.markers.push(...markers);
    };
  }
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index]!;
    const title = /^After "(.+)":\s*$/.exec(line)?.[1];
    if (title !== undefined) {
      const target = { title, example: failing.length - 1, files: [] as ExampleFile[] };
      after.push(target);
      add = (file) => void target.files.push(file);
    } else if (/^Passes\b.*:\s*$/.test(line)) {
      const target: ExampleFile[] = [];
      passing.push(target);
      add = (file) => void target.push(file);
    } else if (/^Fails\b.*:\s*$/.test(line)) {
      add = startFailing();
    }
    const info = /^```(\w+)(?:\s+(\S+))?\s*$/.exec(line);
    if (!info || info[1] === 'mermaid' || info[1] === 'text') continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`The code block in section ${lines[0]} is not closed.`);
    const name = info[2] ?? DEFAULT_NAMES[info[1]!] ?? 'file.txt';
    add(...stripMarkers(name, lines.slice(index + 1, end)));
    index = end;
  }
  return { fault: lines[0]!.trim(), failing, after, passing };
}

/** Carets under the text they mean; `#<^^` starts at the first column, where the comment sign itself would stand. */
const MARKER = /^(\s*(?:#|\/\/))(<?)(\s*)(\^+)\s+(error|warning|information): (.+)$/;

function stripMarkers(name: string, lines: readonly string[]): [ExampleFile, Marker[]] {
  const kept: string[] = [];
  const markers: Marker[] = [];
  for (const line of lines) {
    const match = MARKER.exec(line);
    if (!match) {
      kept.push(line);
      continue;
    }
    const [, comment, fromStart, blanks, carets, severity, message] = match as unknown as [
      string,
      string,
      string,
      string,
      string,
      Severity,
      string,
    ];
    const start = fromStart ? 0 : comment.length + blanks.length;
    const end = comment.length + fromStart.length + blanks.length + carets.length;
    markers.push({ file: name, line: kept.length - 1, start, end, severity, message });
  }
  return [{ name, text: `${kept.join('\n')}\n` }, markers];
}
