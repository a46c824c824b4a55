import assert from 'node:assert/strict';
import { diagnose } from '../../../server/src/features/diagnostics.ts';
import { RULES } from '../../../server/src/patterns/registry.generated.ts';
import type { ReportedFinding } from '../../../server/src/rules/runRules.ts';
import { RuleSet } from '../../../server/src/rules/runRules.ts';
import { applyEdits } from '../../../server/src/text/sourceText.ts';
import { FOLDER, snapshotOf } from './builtValues.ts';
import { OVERLAYS } from './overlays.ts';

const RULE_SET = new RuleSet(RULES);

function findings(files: Readonly<Record<string, string>>): ReportedFinding[] {
  const snapshot = snapshotOf(files);
  return [...snapshot.files.keys()].flatMap((uri) =>
    diagnose(snapshot, uri, {
      profile: 'strict',
      rules: RULE_SET,
      inspections: [],
      onFault(_rule, _resource, error) {
        throw error;
      },
    }),
  );
}

/** File and line of each finding of a rule. */
function placesOf(rule: string, files: Readonly<Record<string, string>> = OVERLAYS): string[] {
  return findings(files)
    .filter((finding) => finding.rule.id === rule)
    .map(({ finding: { at } }) => {
      const line = at.source.slice(at.source.lineSpan(at.source.lineAt(at.span.start))).trim();
      return `${at.source.uri.slice(FOLDER.length)}: ${line}`;
    });
}

describe('a finding on what an overlay builds', () => {
  it('lies in the patch that wrote the value', () => {
    assert.deepEqual(placesOf('requests-limits/request-over-limit'), ['overlays/dev/cart.yaml: memory: 256Mi']);
  });

  it('lies in the kustomization that set the image', () => {
    assert.deepEqual(placesOf('pod-security/image-tag-latest'), ['overlays/dev/kustomization.yaml: newTag: latest']);
  });

  it('lies in the base where the base wrote the value, once for all overlays', () => {
    assert.deepEqual(placesOf('rolling/readiness-missing'), ['base/cart.yaml: - name: web']);
  });

  it('is gone where every overlay mends what the base lacks', () => {
    const probed = {
      ...OVERLAYS,
      'overlays/dev/cart.yaml': OVERLAYS['overlays/dev/cart.yaml']!.replace(
        '          resources:',
        '          readinessProbe: { httpGet: { path: /, port: 80 } }\n          resources:',
      ),
    };
    assert.deepEqual(placesOf('rolling/readiness-missing', probed), ['base/cart.yaml: - name: web']);
    const both = {
      ...probed,
      'overlays/prod/kustomization.yaml': `${OVERLAYS['overlays/prod/kustomization.yaml']}      - op: add
        path: /spec/template/spec/containers/0/readinessProbe
        value: { httpGet: { path: /, port: 80 } }
`,
    };
    assert.deepEqual(placesOf('rolling/readiness-missing', both), []);
  });

  it('follows references through prefixes, and finds what a patch breaks', () => {
    assert.deepEqual(placesOf('pipeline/configuration-unknown'), []);
    const broken = {
      ...OVERLAYS,
      'overlays/dev/cart.yaml': `${OVERLAYS['overlays/dev/cart.yaml']}          envFrom:
            - configMapRef:
                name: setings
`,
    };
    assert.deepEqual(placesOf('pipeline/configuration-unknown', broken), ['overlays/dev/cart.yaml: name: setings']);
  });

  it('says nothing of what a remote base may bring', () => {
    const remote = {
      ...OVERLAYS,
      'overlays/dev/kustomization.yaml': OVERLAYS['overlays/dev/kustomization.yaml']!.replace(
        '  - ../../base',
        '  - ../../base\n  - https://github.com/example/shop//more?ref=v1',
      ),
      'overlays/dev/cart.yaml': `${OVERLAYS['overlays/dev/cart.yaml']}          envFrom:
            - configMapRef:
                name: setings
`,
    };
    assert.deepEqual(placesOf('pipeline/configuration-unknown', remote), []);
    assert.deepEqual(placesOf('kustomize/patch-target-missing', remote), []);
  });

  it('offers no fix that would write a computed value over its parts', () => {
    for (const { finding, rule } of findings(OVERLAYS)) {
      for (const fix of finding.fixes ?? []) {
        const edits = fix.edits();
        const texts = Object.fromEntries(
          Object.entries(OVERLAYS).map(([name, text]) => [
            name,
            applyEdits(
              text,
              edits.filter(({ uri }) => uri === FOLDER + name),
            ),
          ]),
        );
        const syntax = findings(texts).filter((other) => other.rule.id.startsWith('syntax/'));
        assert.deepEqual(syntax, [], `${rule.id}: ${fix.title}`);
        assert.match(texts['overlays/dev/kustomization.yaml']!, /newTag: latest\n/, `${rule.id}: ${fix.title}`);
      }
    }
  });

  it('never comes twice', () => {
    const keys = findings(OVERLAYS).map(
      ({ rule, finding }) => `${rule.id} ${finding.at.source.uri} ${finding.at.span.start} ${finding.message}`,
    );
    assert.deepEqual(keys, [...new Set(keys)]);
  });
});

describe('the build of a kustomization', () => {
  it('survives a cut of any file at any place', () => {
    for (const [name, text] of Object.entries(OVERLAYS)) {
      for (let offset = 0; offset <= text.length; offset += 7) {
        snapshotOf({ ...OVERLAYS, [name]: text.slice(0, offset) }).graph.all();
      }
    }
  });

  it('is made anew only where a file of it changed', () => {
    const { graph } = snapshotOf(OVERLAYS);
    assert.equal(graph.all('apps/Deployment').length, 2);
    const built = graph.all('apps/Deployment').map(({ name, namespace }) => `${namespace}/${name}`);
    assert.deepEqual(built.sort(), ['dev/dev-cart', 'prod/cart']);
  });
});
