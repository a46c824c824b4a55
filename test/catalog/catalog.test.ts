import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GROUPS, PATTERNS, RULES } from '../../server/src/patterns/registry.generated.ts';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { EXAMPLE_FOLDER, exampleSnapshot, findingsOf } from './exampleWorkspace.ts';
import { type ExampleFile, type Marker, type RuleSection, readReadme } from './readReadme.ts';

const patternsFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src/patterns');
const folders = readdirSync(patternsFolder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

describe('catalog', () => {
  for (const folder of folders) {
    const readme = path.join(patternsFolder, folder, 'README.md');
    describe(folder, () => {
      it('is one pattern or one group with a page', () => {
        assert.ok(existsSync(readme), `${folder} has no README.md`);
        const owners = [...PATTERNS, ...GROUPS].filter((owner) => owner.id === folder);
        assert.equal(owners.length, 1, `${folder} must export exactly one pattern or group of that id`);
      });

      it('has a section for each rule and a rule for each section', () => {
        const sections = readReadme(readFileSync(readme, 'utf8')).map((section) => `${folder}/${section.fault}`);
        const codes = [...PATTERNS, ...GROUPS].find(({ id }) => id === folder)?.codes ?? [];
        const ids = [
          ...RULES.flatMap((rule) => (rule.id.startsWith(`${folder}/`) ? rule.id : [])),
          ...codes.map((code) => `${folder}/${code}`),
        ];
        assert.deepEqual(sections.sort(), ids.sort());
      });

      if (!existsSync(readme)) return;
      for (const section of readReadme(readFileSync(readme, 'utf8')))
        describe(section.fault, () => testSection(folder, section));
    });
  }

  it('has rules whose ids are unique', () => {
    const ids = RULES.map((rule) => rule.id);
    assert.deepEqual([...new Set(ids)], ids);
  });
});

function testSection(folder: string, section: RuleSection): void {
  const id = `${folder}/${section.fault}`;

  it('finds what the failing example marks, and nothing else', () => {
    assert.ok(section.failing.length > 0, `${id} shows no failing example`);
    for (const { files, markers } of section.failing) {
      assert.ok(markers.length > 0, `${id} marks nothing in its failing example`);
      assert.deepEqual(ownFindings(id, files).map(asMarker), markers.map(asSeen).sort(byPlace));
    }
  });

  it('has a passing example or one after a fix', () => {
    assert.ok(section.after.length + section.passing.length > 0, `${id} shows no passing example`);
    for (const files of section.passing) {
      assert.deepEqual(syntaxFaults(files), []);
      assert.deepEqual(ownFindings(id, files).map(asMarker), []);
    }
  });

  for (const { title, example, files } of section.after) {
    it(`is mended by "${title}"`, () => {
      const before = section.failing[example]!.files;
      const fixed = fixAll(id, title, before);
      const expected = before.map((file) => files.find(({ name }) => name === file.name) ?? file);
      assert.deepEqual(fixed, expected);
      assert.deepEqual(syntaxFaults(fixed), []);
      assert.deepEqual(ownFindings(id, fixed).map(asMarker), []);
    });
  }

  it('is silent where a template writes the value', () => {
    for (const { files, markers } of section.failing) {
      if (!files.every(({ name }) => name.endsWith('.yaml'))) continue;
      for (const marker of markers)
        assert.ok(isSilencedByTemplate(id, files, marker), `${id} speaks of a templated value: ${marker.message}`);
    }
  });

  it('survives a cut at any place', () => {
    for (const { files } of section.failing) {
      for (const file of files) {
        // A prime step visits every kind of place over the whole catalog; the sweep visits every offset.
        const step = process.env['SLIPWAY_SWEEP'] ? 1 : 13;
        for (let offset = 0; offset <= file.text.length; offset += step) {
          const cut = files.map((other) => (other === file ? { ...file, text: file.text.slice(0, offset) } : other));
          findingsOf(exampleSnapshot(cut), 'strict');
        }
      }
    }
  });
}

function ownFindings(id: string, files: readonly ExampleFile[]): ReportedFinding[] {
  return findingsOf(exampleSnapshot(files), 'strict').filter(({ rule }) => rule.id === id);
}

function syntaxFaults(files: readonly ExampleFile[]): string[] {
  return findingsOf(exampleSnapshot(files), 'recommended').flatMap(({ rule, finding }) =>
    rule.id.startsWith('syntax/') ? finding.message : [],
  );
}

/** What is seen of a finding on its first line, as carets show it. */
function asMarker({ severity, finding }: ReportedFinding): Marker {
  const { source, span } = finding.at;
  const { start, end } = source.range(span);
  const lineEnd = source.lineSpan(start.line).end - source.lineStarts[start.line]!;
  return {
    file: source.uri.slice(EXAMPLE_FOLDER.length),
    line: start.line,
    start: start.character,
    end: end.line === start.line ? end.character : lineEnd,
    severity,
    message: finding.message,
  };
}

function asSeen(marker: Marker): Marker {
  return { ...marker };
}

function byPlace(a: Marker, b: Marker): number {
  return a.file === b.file ? a.line - b.line || a.start - b.start : a.file < b.file ? -1 : 1;
}

function fixAll(id: string, title: string, files: readonly ExampleFile[]): ExampleFile[] {
  const titles: string[] = [];
  const edits = ownFindings(id, files).flatMap(({ finding }) => {
    titles.push(...(finding.fixes ?? []).map((fix) => fix.title));
    return (finding.fixes ?? [])
      .filter((fix) => fix.title === title)
      .slice(0, 1)
      .flatMap((fix) => [...fix.edits()]);
  });
  assert.ok(edits.length > 0, `${id} offers no fix "${title}", only ${JSON.stringify(titles)}`);
  return files.map((file) => ({
    ...file,
    text: applyEdits(
      file.text,
      edits.filter((edit) => edit.uri === EXAMPLE_FOLDER + file.name),
    ),
  }));
}

/** Either the marked value is written by a template, or (for what is missing) a template adds to its map. */
function isSilencedByTemplate(id: string, files: readonly ExampleFile[], marker: Marker): boolean {
  const templated = (change: (line: string, indent: string) => string): boolean => {
    const chart = files.map(({ name, text }): ExampleFile => {
      if (name !== marker.file) return { name: `chart/templates/${name}`, text };
      const lines = text.split('\n');
      const line = lines[marker.line]!;
      lines[marker.line] = change(line, /^\s*(?:- )?/.exec(line)![0].replace('-', ' '));
      return { name: `chart/templates/${name}`, text: lines.join('\n') };
    });
    const chartFile = { name: 'chart/Chart.yaml', text: 'apiVersion: v2\nname: example\nversion: 1.0.0\n' };
    return !ownFindings(id, [chartFile, ...chart]).some(({ finding }) => finding.message === marker.message);
  };
  return (
    templated((line) => `${line.slice(0, marker.start)}{{ .Values.value }}${line.slice(marker.end)}`) ||
    templated((line, indent) => `${line}\n${indent}{{- toYaml .Values.more | nindent ${indent.length} }}`)
  );
}
