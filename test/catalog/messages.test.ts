import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import { exampleSnapshot, findingsOf } from './exampleWorkspace.ts';
import { type ExampleFile, readReadme } from './readReadme.ts';

const patternsFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src/patterns');
const CHART: ExampleFile = { name: 'chart/Chart.yaml', text: 'apiVersion: v2\nname: example\nversion: 1.0.0\n' };
/** What a value that is not there leaves in a sentence. */
const HOLE = /\bundefined\b|\bNaN\b|\[object |\bnull\b/;

describe('messages', () => {
  for (const folder of readdirSync(patternsFolder, { withFileTypes: true })) {
    const readme = path.join(patternsFolder, folder.name, 'README.md');
    if (!folder.isDirectory() || !existsSync(readme)) continue;
    it(`of ${folder.name} have no hole where a template writes the names`, () => {
      for (const section of readReadme(readFileSync(readme, 'utf8'))) {
        const examples = [...section.failing.map(({ files }) => files), ...section.passing];
        for (const files of examples.filter((all) => all.every(({ name }) => name.endsWith('.yaml')))) {
          for (const workspace of [files, inChart(files, withoutNames), inChart(files, withTemplatedNames)])
            assert.deepEqual(holes(findingsOf(exampleSnapshot(workspace), 'strict')), [], section.fault);
        }
      }
    });
  }
});

function inChart(files: readonly ExampleFile[], change: (text: string) => string): ExampleFile[] {
  return [CHART, ...files.map(({ name, text }) => ({ name: `chart/templates/${name}`, text: change(text) }))];
}

/** The names of objects, which stand in the second line of a block `metadata` or inside its braces. */
function withTemplatedNames(text: string): string {
  return renamed(text, (line, value) => line.replace(value, '{{ include "example.name" . }}'));
}

function withoutNames(text: string): string {
  return renamed(text, () => undefined);
}

function renamed(text: string, change: (line: string, value: string) => string | undefined): string {
  let isMetadata = false;
  return text
    .split('\n')
    .flatMap((line) => {
      const value = isMetadata ? /^ +name: (\S+)/.exec(line)?.[1] : /^ *metadata: \{ name: ([^\s,}]+)/.exec(line)?.[1];
      isMetadata = /^ *metadata:\s*$/.test(line) || (isMetadata && value === undefined && line.startsWith(' '));
      return value === undefined ? line : (change(line, value) ?? line.replace(/name: [^\s,}]+,?/, ''));
    })
    .join('\n');
}

function holes(findings: readonly ReportedFinding[]): string[] {
  return findings.flatMap(({ rule, finding }) =>
    [
      finding.message,
      ...(finding.fixes ?? []).map(({ title }) => title),
      ...(finding.related ?? []).map(({ message }) => message),
    ].flatMap((sentence) => (HOLE.test(sentence) ? `${rule.id}: ${sentence}` : [])),
  );
}
