import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIGURATION_SCHEMA } from '../../server/src/configuration/configurationSchema.ts';
import { CONFIGURATION } from '../../server/src/configuration/settings.ts';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import type { Schema } from '../../server/src/schema/schema.ts';
import type { SourceNode } from '../../server/src/text/sourceNode.ts';
import { EXAMPLE_FOLDER, exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';
import { type ExampleFile, readSection } from '../catalog/readReadme.ts';

const page = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs/configuration.md');

/** Each heading with its example, as in the pages of rules. */
const sections = readFileSync(page, 'utf8')
  .split(/^#{2,3} /m)
  .slice(1)
  .map(readSection)
  .flatMap(({ fault, failing }) => failing.map((example) => ({ title: fault, ...example })));

describe('docs/configuration.md', () => {
  for (const { title, files, markers } of sections) {
    const manifests = files.filter(({ name }) => !name.endsWith('slipway.yaml'));

    it(`shows a ${title} that Slipway understands`, () => {
      assert.deepEqual(
        lines(files).filter((line) => line.includes('configuration/')),
        [],
      );
    });

    if (markers.length > 0) {
      it(`shows what ${title} makes Slipway report`, () => {
        const [withIt, withoutIt] = [lines(files), lines(manifests)];
        for (const { file, line, start, severity, message } of markers) {
          const said = `${file}:${line}:${start} ${severity} ${message}`;
          assert.ok(
            withIt.some((found) => found.startsWith(said)),
            `${said}\nis not among\n${withIt.join('\n')}`,
          );
          assert.ok(!withoutIt.some((found) => found.startsWith(said)), `${said} is said without slipway.yaml, too`);
        }
      });
    } else if (manifests.length > 0) {
      it(`shows what ${title} silences`, () => {
        assert.notDeepEqual(lines(manifests), []);
        assert.deepEqual(lines(files), []);
      });
    }
  }

  it('has an example for every key', () => {
    const shown = new Set<string>();
    const visit = (node: SourceNode, above: string): void => {
      for (const entry of node.entries) {
        const name = entry.key === undefined ? above : `${above}.${entry.key}`;
        shown.add(name);
        visit(entry, name);
      }
    };
    for (const { files } of sections)
      for (const { root } of exampleSnapshot(files).graph.all(CONFIGURATION)) visit(root, '');
    const missing: string[] = [];
    const demand = (schema: Schema, above: string): void => {
      for (const [name, field] of schema.fields) {
        // Settings for some files are the settings for all of them once more.
        if (/^\.overrides\.(?:rules|policies)$/.test(above)) continue;
        if (!shown.has(`${above}.${name}`) && !SHOWN_ELSEWHERE.test(`${above}.${name}`))
          missing.push(`${above}.${name}`);
        demand(field.schema, `${above}.${name}`);
      }
      if (schema.items) demand(schema.items, above);
    };
    demand(CONFIGURATION_SCHEMA.schema, '');
    assert.deepEqual(missing, []);
  });
});

/** CPU and memory have the same keys, labels and annotations too; each is shown once. */
const SHOWN_ELSEWHERE =
  /^\.(?:overrides\.policies|policies\.resources\.(?:cpu\.(?:minimumLimit|maximumLimit|maximumRatio)|memory\.(?:minimumRequest|maximumRequest|forbidLimit))$|policies\.labels\.allowed$|policies\.annotations\.(?:required\.pattern|forbidden\.kinds)$)/;

function lines(files: readonly ExampleFile[]): string[] {
  return findingsOf(exampleSnapshot(files), 'recommended').map(asLine);
}

function asLine({ rule, severity, finding }: ReportedFinding): string {
  const { source, span } = finding.at;
  const { line, character } = source.positionAt(span.start);
  return `${source.uri.slice(EXAMPLE_FOLDER.length)}:${line}:${character} ${severity} ${finding.message} (${rule.id})`;
}
