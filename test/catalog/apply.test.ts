import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import type { Pattern } from '../../server/src/rules/pattern.ts';
import { cart, changed, deploymentFor, NAMESPACE, PACKS, SERVICE, SUPPORT } from './cartWorkload.ts';
import { exampleSnapshot, findingsOf } from './exampleWorkspace.ts';
import type { ExampleFile } from './readReadme.ts';

/** The ways in which people lay such manifests out. */
const LAYOUTS: Readonly<Record<string, (deployment: string) => ExampleFile[]>> = {
  'a file for each object': (deployment) => [
    { name: 'deploy/namespace.yaml', text: NAMESPACE },
    { name: 'deploy/deployment.yaml', text: deployment },
    { name: 'deploy/service.yaml', text: SERVICE },
    { name: 'deploy/support.yaml', text: SUPPORT },
  ],
  'one file for all': (deployment) => [
    { name: 'cart.yaml', text: [NAMESPACE, deployment, SERVICE, SUPPORT].join('---\n') },
  ],
  'lines that end with CRLF': (deployment) => [
    { name: 'cart.yaml', text: [NAMESPACE, deployment, SERVICE, SUPPORT].join('---\n').replaceAll('\n', '\r\n') },
  ],
  'no namespace and labels in braces': (deployment) => [
    {
      name: 'cart.yaml',
      text: [deployment, SERVICE, SUPPORT]
        .join('---\n')
        .replaceAll('  namespace: shop\n', '')
        .replace(
          /( +selector:)\n +app.kubernetes.io\/name: cart # its pods\n/,
          '$1 { app.kubernetes.io/name: cart } # its pods\n',
        ),
    },
  ],
};

describe('Apply Pattern', () => {
  for (const pattern of PATTERNS.filter(({ apply, id }) => apply !== undefined && !PACKS.has(id))) {
    for (const [layout, files] of Object.entries(LAYOUTS)) {
      it(`adds ${pattern.id} to a workload, with ${layout}`, () => testApply(pattern, files(deploymentFor(pattern))));
    }
  }

  it('has no place where there is no workload', () => {
    for (const pattern of PATTERNS) {
      const { graph } = exampleSnapshot([{ name: 'deploy/service.yaml', text: SERVICE }]);
      assert.equal(pattern.apply?.(graph.all('Service')[0]!, graph), undefined, pattern.id);
    }
  });
});

function testApply(pattern: Pattern, before: readonly ExampleFile[]): void {
  const { graph } = exampleSnapshot(before);
  const change = pattern.apply!(cart(graph), graph);
  assert.ok(change, `${pattern.id} finds no place`);
  const after = changed(before, change);
  for (const { name, text } of after.filter(({ name }) => name.endsWith('.yaml'))) {
    assert.deepEqual(
      parseAllDocuments(text).flatMap((document) => document.errors.map(({ message }) => message)),
      [],
      `${name} does not parse:\n${text}`,
    );
  }
  for (const { name, text } of before) {
    const left = after.find((file) => file.name === name)!.text;
    assert.deepEqual(commentsOf(left), commentsOf(text), `${name} lost a comment`);
    if (text.includes('\r\n')) assert.doesNotMatch(left, /[^\r]\n/, `${name} mixes line ends`);
  }
  const known = new Set(faults(before));
  assert.deepEqual(
    faults(after).filter((fault) => !known.has(fault)),
    [],
  );
  const applied = exampleSnapshot(after).graph;
  const instances = [...pattern.recognize(applied)].filter(({ participants }) =>
    participants.some(({ resource }) => resource === cart(applied)),
  );
  assert.deepEqual(
    instances.map(({ missing }) => missing),
    [[]],
    `${pattern.id} is not recognised once, with every role`,
  );
  assert.equal(pattern.apply!(cart(applied), applied), undefined, `${pattern.id} is added twice`);
}

function commentsOf(text: string): string[] {
  return text.match(/#.*/g)?.map((comment) => comment.trim()) ?? [];
}

/** Errors and warnings of the strict profile. */
function faults(files: readonly ExampleFile[]): string[] {
  return findingsOf(exampleSnapshot(files), 'strict').flatMap(({ rule, severity, finding }) =>
    severity === 'information' ? [] : `${rule.id}: ${finding.message}`,
  );
}
