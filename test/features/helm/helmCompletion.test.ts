import assert from 'node:assert/strict';
import { graphSource } from '../../../server/src/features/graphSource.ts';
import { helmSource } from '../../../server/src/features/helmSource.ts';
import type { Completion } from '../../../server/src/features/languageFeatures.ts';
import { FUNCTIONS } from '../../../server/src/languages/helm/templateFunctions.ts';
import { cursorIn } from '../markedWorkspace.ts';
import { changed } from './shopChart.ts';

const DEPLOYMENT = 'shop/templates/deployment.yaml';

function offersAt(file: string, text: string, by: string): Completion[] {
  return [...helmSource.completions!(cursorIn(file, changed(file, text, by)))];
}

function labelsAt(file: string, text: string, by: string): string[] {
  return offersAt(file, text, by).map(({ label }) => label);
}

describe('completion in the templates of a chart', () => {
  it('offers the keys of values with what they are', () => {
    const offers = offersAt(DEPLOYMENT, '{{ .Values.replicas }}', '{{ .Values.¦ }}');
    const byLabel = new Map(offers.map((offer) => [offer.label, offer]));
    assert.deepEqual([...byLabel.keys()].sort(), [
      'cache',
      'database',
      'env',
      'global',
      'image',
      'replicas',
      'resources',
      'service',
      'unused',
    ]);
    assert.equal(byLabel.get('replicas')?.detail, '2');
    assert.equal(byLabel.get('image')?.detail, 'map');
    assert.match(byLabel.get('image')?.documentation?.() ?? '', /What is deployed\./);
  });

  it('offers keys of a map, from the schema too, and replaces what is half-typed', () => {
    const [offer, ...others] = offersAt(DEPLOYMENT, '{{ .Values.replicas }}', '{{ .Values.image.pu¦ll }}').sort(
      (a, b) => (a.label < b.label ? -1 : 1),
    );
    assert.deepEqual([offer?.label, ...others.map(({ label }) => label)], ['pullPolicy', 'repository', 'tag']);
    assert.equal(offer!.span.end - offer!.span.start, 4);
    assert.match(offer?.documentation?.() ?? '', /When the image is pulled\./);
  });

  it('knows the dot inside of with and range, variables of range, and $', () => {
    assert.deepEqual(labelsAt(DEPLOYMENT, '{{ .tag }}', '{{ .¦ }}').sort(), ['pullPolicy', 'repository', 'tag']);
    assert.deepEqual(labelsAt(DEPLOYMENT, '{{ $item.name }}', '{{ $item.¦ }}'), ['name', 'value']);
    assert.deepEqual(labelsAt(DEPLOYMENT, '{{ .value | quote }}', '{{ .¦ | quote }}'), ['name', 'value']);
    assert.ok(labelsAt(DEPLOYMENT, '{{ .tag }}', '{{ $.Values.¦ }}').includes('replicas'));
    const variables = labelsAt(DEPLOYMENT, '{{ $item.name }}', '{{ $¦ }}');
    assert.deepEqual(variables.sort(), ['$', '$index', '$item']);
  });

  it('offers arguments inside of a named template that is called with a dict', () => {
    assert.deepEqual(labelsAt('shop/templates/_names.tpl', '{{ .port }}', '{{ .¦ }}'), ['port', 'root']);
    assert.ok(labelsAt('shop/templates/_names.tpl', '{{ .port }}', '{{ .root.Values.¦ }}').includes('service'));
  });

  it('offers keys in the quotes of index', () => {
    assert.deepEqual(labelsAt(DEPLOYMENT, '"annotations"', '"¦"'), ['port', 'annotations']);
  });

  it('offers built-in objects and their members', () => {
    assert.deepEqual(labelsAt(DEPLOYMENT, 'name: {{ .Release.Name }}', 'name: {{ .¦ }}').slice(0, 4), [
      'Values',
      'Release',
      'Chart',
      'Capabilities',
    ]);
    assert.ok(labelsAt(DEPLOYMENT, 'name: {{ .Release.Name }}', 'name: {{ .Release.¦ }}').includes('Namespace'));
    assert.ok(
      labelsAt(DEPLOYMENT, 'name: {{ .Release.Name }}', 'name: {{ .Capabilities.KubeVersion.¦ }}').includes('Minor'),
    );
  });

  it('offers named templates in the quotes of include, also half-typed ones', () => {
    assert.deepEqual(labelsAt(DEPLOYMENT, '"shop.labels" .', '"¦" .'), ['shop.labels', 'shop.port']);
    assert.deepEqual(labelsAt(DEPLOYMENT, '"shop.labels" .', '""¦ .'), [], 'behind the quotes');
    const [offer] = offersAt(DEPLOYMENT, 'include "shop.labels" . | nindent 4 }}', 'include "shop.¦');
    assert.equal(offer?.label, 'shop.labels');
    assert.equal(offer.span.end - offer.span.start, 'shop.'.length);
    assert.match(offer.documentation?.() ?? '', /The labels of every object\./);
  });

  it('offers every function, and keywords only where an action begins', () => {
    const first = labelsAt(DEPLOYMENT, '{{ .tag }}', '{{ ¦ }}');
    for (const name of FUNCTIONS.keys()) assert.ok(first.includes(name), name);
    assert.ok(first.includes('range') && first.includes('$.Values'));
    const later = labelsAt(DEPLOYMENT, '{{ .tag }}', '{{ .tag | ¦ }}');
    assert.ok(later.includes('quote') && !later.includes('range'));
  });

  it('leaves an action to itself: what YAML makes of its place is not offered', () => {
    const files = changed(
      DEPLOYMENT,
      '  template:\n',
      `  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .Release.¦Name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/instance: {{ .Release.Name }}
`,
    );
    assert.deepEqual([...graphSource.completions!(cursorIn(DEPLOYMENT, files))], []);
  });

  it('offers nothing outside of actions and in comments', () => {
    assert.deepEqual(labelsAt(DEPLOYMENT, 'spec:\n  replicas', 'spec:¦\n  replicas'), []);
    assert.deepEqual(labelsAt(DEPLOYMENT, '{{ .tag }}', '{{/* .¦ */}}'), []);
  });
});

describe('completion in values files', () => {
  it('offers keys that the schema, other files or templates know and that are not written yet', () => {
    const offers = offersAt('shop/values.yaml', '  tag: "1.0"\n', '  tag: "1.0"\n  ¦\n');
    assert.deepEqual(
      offers.map(({ label, newText }) => [label, newText]),
      [['pullPolicy', 'pullPolicy: ']],
    );
  });

  it('offers the values of the subchart below its alias', () => {
    assert.ok(labelsAt('shop/values.yaml', 'cache:\n', 'cache:\n  ¦\n').includes('global'));
    assert.deepEqual(labelsAt('shop/values-production.yaml', 'replicas: 5\n', 'cache:\n  ¦\n').sort(), [
      'enabled',
      'global',
      'port',
    ]);
  });

  it('offers the values that the schema admits', () => {
    assert.deepEqual(labelsAt('shop/values.yaml', '  tag: "1.0"\n', '  tag: "1.0"\n  pullPolicy: ¦\n'), [
      'Always',
      'IfNotPresent',
    ]);
  });
});
