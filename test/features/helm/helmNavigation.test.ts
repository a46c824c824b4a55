import assert from 'node:assert/strict';
import { helmSource } from '../../../server/src/features/helmSource.ts';
import type { Place } from '../../../server/src/text/sourceNode.ts';
import { applyEdits } from '../../../server/src/text/sourceText.ts';
import { cursorIn, FOLDER, stateOf } from '../markedWorkspace.ts';
import { changed, SHOP_CHART } from './shopChart.ts';

const DEPLOYMENT = 'shop/templates/deployment.yaml';
const NAMES = 'shop/templates/_names.tpl';

/** Each place as `file:line text`. */
function written(places: Iterable<Place>): string[] {
  return [...places]
    .map(
      ({ source, span }) => `${source.uri.slice(FOLDER.length)}:${source.lineAt(span.start) + 1} ${source.slice(span)}`,
    )
    .sort();
}

const definitions = (file: string, text: string, by: string) =>
  written(helmSource.definitions!(cursorIn(file, changed(file, text, by))));
const references = (file: string, text: string, by: string) =>
  written(helmSource.references!(cursorIn(file, changed(file, text, by))));
const hover = (file: string, text: string, by: string) =>
  helmSource.explain!(cursorIn(file, changed(file, text, by)))?.markdown ?? '';

/** The files that a rename changes, as they are after it. */
function renamed(file: string, text: string, by: string, newName: string): Record<string, string> {
  const files = changed(file, text, by);
  const cursor = cursorIn(file, files);
  const result = helmSource.rename!(cursor, newName);
  assert.equal(result?.status, 'edits', result?.status === 'refused' ? result.reason : 'nothing to rename');
  const edits = result.status === 'edits' ? result.edits : [];
  const uris = new Set(edits.map(({ uri }) => uri));
  return Object.fromEntries(
    [...uris].map((uri) => {
      const name = uri.slice(FOLDER.length);
      return [
        name,
        applyEdits(
          SHOP_CHART[name]!,
          edits.filter((edit) => edit.uri === uri),
        ),
      ];
    }),
  );
}

function refusal(file: string, text: string, by: string, newName: string): string {
  const result = helmSource.rename!(cursorIn(file, changed(file, text, by)), newName);
  assert.equal(result?.status, 'refused');
  return result.status === 'refused' ? result.reason : '';
}

describe('definitions in a chart', () => {
  it('leads from a value to every file that sets it', () => {
    assert.deepEqual(definitions(DEPLOYMENT, '.Values.image.tag', '.Values.image.t¦ag'), [
      'shop/values-production.yaml:2 tag',
      'shop/values.yaml:4 tag',
    ]);
    assert.deepEqual(definitions(DEPLOYMENT, '.Values.image.tag', '.Values.im¦age.tag'), [
      'shop/values-production.yaml:1 image',
      'shop/values.yaml:2 image',
    ]);
  });

  it('follows with, range, index, dict and default', () => {
    assert.deepEqual(definitions(DEPLOYMENT, '{{ .tag }}', '{{ .t¦ag }}'), [
      'shop/values-production.yaml:2 tag',
      'shop/values.yaml:4 tag',
    ]);
    assert.deepEqual(definitions(DEPLOYMENT, '$item.name', '$item.na¦me'), ['shop/values.yaml:10 name']);
    assert.deepEqual(definitions(DEPLOYMENT, '"annotations"', '"annot¦ations"'), ['shop/values.yaml:8 annotations']);
    assert.deepEqual(definitions(NAMES, '.root.Values.service.port', '.root.Values.service.p¦ort'), [
      'shop/values.yaml:7 port',
    ]);
    // Only the schema knows it.
    assert.deepEqual(definitions(DEPLOYMENT, '.pullPolicy', '.pull¦Policy'), [
      'shop/values.schema.json:11 "pullPolicy"',
    ]);
  });

  it('leads through the alias of a dependency and back', () => {
    const both = ['redis/values.yaml:2 port', 'shop/values.yaml:21 port'];
    assert.deepEqual(definitions(DEPLOYMENT, '.Values.cache.port', '.Values.cache.po¦rt'), both);
    assert.deepEqual(definitions('redis/templates/service.yaml', '.Values.port', '.Values.po¦rt'), both);
    assert.deepEqual(definitions('redis/templates/service.yaml', '.region', '.re¦gion'), [
      'redis/values.yaml:5 region',
      'shop/values.yaml:23 region',
    ]);
  });

  it('leads from a call to the named template, from a variable to its declaration, from .Chart to Chart.yaml', () => {
    assert.deepEqual(definitions(DEPLOYMENT, '"shop.labels"', '"shop.la¦bels"'), [`${NAMES}:2 shop.labels`]);
    assert.deepEqual(definitions(DEPLOYMENT, '$item.name', '$it¦em.name'), [`${DEPLOYMENT}:19 $item`]);
    assert.deepEqual(definitions(NAMES, '.Chart.Name', '.Chart.Na¦me'), ['shop/Chart.yaml:2 shop']);
  });
});

describe('references in a chart', () => {
  it('finds every use of a value, from its key and from a use', () => {
    const uses = [`${DEPLOYMENT}:13 tag`, `${DEPLOYMENT}:16 tag`];
    assert.deepEqual(references('shop/values.yaml', 'tag: "1.0"', 'ta¦g: "1.0"'), uses);
    assert.deepEqual(references('shop/values-production.yaml', 'tag: "2.0"', 'ta¦g: "2.0"'), uses);
    assert.deepEqual(references(DEPLOYMENT, '.Values.image.tag', '.Values.image.t¦ag'), uses);
    assert.deepEqual(references('shop/values.schema.json', '"tag": {', '"t¦ag": {'), uses);
  });

  it('finds uses in the subchart and in the condition of the dependency', () => {
    assert.deepEqual(references('shop/values.yaml', 'port: 6380', 'po¦rt: 6380'), [
      'redis/templates/service.yaml:3 port',
      `${DEPLOYMENT}:28 port`,
    ]);
    assert.deepEqual(references('shop/values.yaml', 'enabled: true', 'ena¦bled: true'), ['shop/Chart.yaml:10 enabled']);
  });

  it('tells the key of a dict from the value that stands there', () => {
    const inNames = references('shop/values.yaml', 'port: 8080', 'po¦rt: 8080');
    assert.deepEqual(inNames, [`${NAMES}:7 port`, `${DEPLOYMENT}:26 port`]);
    assert.match(hover(NAMES, '{{ .port }}', '{{ .po¦rt }}'), /`\.port`\*\* is `\.Values\.service\.port`/);
    assert.equal(
      helmSource.rename!(cursorIn(NAMES, changed(NAMES, '{{ .port }}', '{{ .po¦rt }}')), 'other'),
      undefined,
    );
  });

  it('finds the calls of a named template', () => {
    assert.deepEqual(references(NAMES, 'define "shop.port"', 'define "shop.po¦rt"'), [`${DEPLOYMENT}:26 shop.port`]);
  });
});

describe('hover in a chart', () => {
  it('shows the effective value, where it is set and what the schema says', () => {
    const text = hover(DEPLOYMENT, '.Values.image.tag', '.Values.image.t¦ag');
    assert.match(text, /`\.Values\.image\.tag`/);
    assert.match(text, /The version of the image\./);
    assert.match(text, /\[values\.yaml:4\].*`"1\.0"`/);
    assert.match(text, /\[values-production\.yaml:2\].*`"2\.0"`/);
  });

  it('shows what overrides a subchart’s value first', () => {
    const text = hover('redis/templates/service.yaml', '.Values.port', '.Values.po¦rt');
    assert.ok(text.indexOf('6380') < text.indexOf('6379'));
    assert.match(text, /of chart shop/);
  });

  it('never shows a secret', () => {
    assert.doesNotMatch(hover(DEPLOYMENT, '.database.password', '.database.pass¦word'), /hunter2/);
    assert.doesNotMatch(hover(DEPLOYMENT, '.database.password', '.data¦base.password'), /hunter2/);
    const values = `  password: hunter2
  tls:
    privateKey: |
      hunter3

      hunter4
    port: 5432
  env:
    - name: DB_PASSWORD
      value: hunter5
`;
    const text = hover('shop/values.yaml', 'database:\n  password: hunter2\n', `data¦base:\n${values}`);
    assert.doesNotMatch(text, /hunter/);
    assert.match(
      text,
      /password: …\ntls:\n {2}privateKey: …\n {2}port: 5432\nenv:\n {2}- name: DB_PASSWORD\n {4}value: …\n```/,
    );
    const item = hover('shop/values.yaml', '  - name: MODE\n    value', '  - name: API_TOKEN\n    val¦ue');
    assert.match(item, /value/);
    assert.doesNotMatch(item, /fast/);
  });

  it('explains functions, objects, named templates and variables', () => {
    assert.match(hover(DEPLOYMENT, 'toYaml', 'to¦Yaml'), /toYaml value/);
    assert.match(hover(DEPLOYMENT, 'name: {{ .Release.Name', 'name: {{ .Release.Na¦me'), /name of the release/);
    assert.match(hover(NAMES, '.Chart.Name', '.Chart.Na¦me'), /`shop` in Chart\.yaml/);
    assert.match(hover(DEPLOYMENT, '"shop.port"', '"shop.po¦rt"'), /Reads of its argument: `\.port`, `\.root`/);
    assert.match(hover(DEPLOYMENT, '$item.name', '$it¦em.name'), /\.Values\.env\[…\]/);
    assert.match(hover('shop/values.yaml', 'replicas: 2', 'repl¦icas: 2'), /Named 2 times in templates/);
    assert.match(hover('shop/values.yaml', 'unused: true', 'unu¦sed: true'), /No template names it/);
  });
});

describe('rename in a chart', () => {
  it('renames a value in values files, schema with required, and templates', () => {
    const files = renamed(DEPLOYMENT, '.Values.image.tag', '.Values.image.t¦ag', 'version');
    assert.deepEqual(Object.keys(files).sort(), [
      DEPLOYMENT,
      'shop/values-production.yaml',
      'shop/values.schema.json',
      'shop/values.yaml',
    ]);
    assert.match(files[DEPLOYMENT]!, /\.Values\.image\.version }}".*\["{{ \.version }}"/s);
    assert.match(files['shop/values.schema.json']!, /"required": \["repository", "version"\].*"version": \{/s);
    assert.match(files['shop/values-production.yaml']!, /^ {2}version: "2\.0"$/m);
    assert.doesNotMatch(Object.values(files).join(''), /\btag\b/);
  });

  it('renames a value of a subchart where the parent overrides it, and a condition', () => {
    const files = renamed('redis/values.yaml', 'port: 6379', 'po¦rt: 6379', 'listen');
    assert.deepEqual(Object.keys(files).sort(), [
      'redis/templates/service.yaml',
      'redis/values.yaml',
      DEPLOYMENT,
      'shop/values.yaml',
    ]);
    assert.match(files['shop/values.yaml']!, /listen: 6380/);
    assert.match(files['shop/values.yaml']!, /port: 8080/);
    assert.match(
      renamed('redis/values.yaml', 'enabled', 'ena¦bled', 'on')['shop/Chart.yaml']!,
      /condition: cache\.on$/m,
    );
  });

  it('renames a key in quotes within its quotes, and may then use signs that a field cannot', () => {
    const files = renamed('shop/values.yaml', 'annotations: {}', 'anno¦tations: {}', 'extra-notes');
    assert.match(files[DEPLOYMENT]!, /index \.Values\.service "extra-notes"/);
  });

  it('renames a named template with its calls, and a variable in its scope', () => {
    const files = renamed(NAMES, 'define "shop.labels"', 'define "shop.la¦bels"', 'shop.marks');
    assert.match(files[NAMES]!, /define "shop\.marks"/);
    assert.match(files[DEPLOYMENT]!, /include "shop\.marks" \./);
    assert.match(
      renamed(DEPLOYMENT, '$item.name', '$it¦em.name', 'entry')[DEPLOYMENT]!,
      /\$index, \$entry := .*\$entry\.name/s,
    );
  });

  it('says why it does not', () => {
    assert.match(refusal(DEPLOYMENT, '.Values.image.tag', '.Values.image.t¦ag', 'repository'), /exists already/);
    assert.match(refusal(DEPLOYMENT, '.Values.image.tag', '.Values.image.t¦ag', 'a-b'), /behind a dot/);
    assert.match(refusal(DEPLOYMENT, '.Values.image.tag', '.Values.image.t¦ag', 'a b'), /cannot be the key/);
    assert.match(refusal('shop/values.yaml', 'cache:\n', 'ca¦che:\n', 'store'), /other charts/);
    assert.match(refusal(NAMES, 'define "shop.labels"', 'define "shop.la¦bels"', 'shop.port'), /exists already/);
  });
});

describe('signatures, hints and colours in a chart', () => {
  const signature = (by: string) => helmSource.signature!(cursorIn(DEPLOYMENT, changed(DEPLOYMENT, '{{ .tag }}', by)));

  it('names the argument at the cursor', () => {
    assert.equal(signature('{{ replace "a" ¦ }}')?.label, 'replace old new text');
    assert.equal(signature('{{ replace "a" ¦ }}')?.active, 1);
    assert.equal(signature('{{ replace "a" (lower "B") .t¦ }}')?.active, 2);
    assert.equal(signature('{{ replace "a" (lower ¦) }}')?.label, 'lower text');
    assert.equal(signature('{{ .tag | trunc ¦')?.active, 0);
    assert.equal(signature('{{ dict "a" 1 "b" ¦ }}')?.active, 0);
    assert.equal(signature('{{ .tag ¦ }}'), undefined);
    assert.match(signature('{{ include "shop.port" ¦ }}')?.documentation ?? '', /Reads of its argument: `\.port`/);
  });

  it('shows what an action prints, but no secret', () => {
    const state = stateOf(DEPLOYMENT, SHOP_CHART);
    const { source } = state.file.parsed;
    const hints = [...helmSource.hints!(state, { start: 0, end: source.text.length })].map(
      ({ offset, label }) => `${source.lineAt(offset) + 1} ${label}`,
    );
    assert.deepEqual(hints, ['8 = 2', '13 = "shop/web"', '13 = "1.0"', '16 = "1.0"', '16 = 2', '28 = 6380']);
  });

  it('colours the parts of actions in order', () => {
    const state = stateOf(NAMES, SHOP_CHART);
    const tokens = [...helmSource.tokens!(state)].map(
      ({ span, type }) => `${type} ${state.file.parsed.source.slice(span)}`,
    );
    assert.deepEqual(tokens.slice(0, 5), [
      'comment {{/* The labels of every object. */}}',
      'keyword define',
      'macro "shop.labels"',
      'property .Chart',
      'property .Name',
    ]);
  });
});

describe('every offset of every file of a chart', () => {
  it('answers without an error, also where the text is cut off', () => {
    let asked = 0;
    for (const [file, text] of Object.entries(SHOP_CHART)) {
      for (let offset = 0; offset <= text.length; offset += 3) {
        for (const rest of [text.slice(offset), '']) {
          const cursor = cursorIn(file, { ...SHOP_CHART, [file]: `${text.slice(0, offset)}¦${rest}` });
          for (const offer of helmSource.completions!(cursor)) offer.documentation?.();
          helmSource.explain!(cursor);
          written(helmSource.definitions!(cursor));
          written(helmSource.references!(cursor));
          helmSource.signature!(cursor);
          helmSource.rename!(cursor, 'renamed');
          asked++;
        }
      }
    }
    assert.ok(asked > 1000);
  }).timeout(120_000);
});
