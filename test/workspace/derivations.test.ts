import assert from 'node:assert/strict';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import type { Resource } from '../../server/src/workspace/resource.ts';
import type { ResourceGraph } from '../../server/src/workspace/resourceGraph.ts';
import { World } from '../../server/src/workspace/world.ts';

const map = (name: string, value = '1'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { KEY: "${value}" }\n`;
const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\n`;
const uriOf = (name: string): string => `file:///example/${name}.yaml`;

type Question = (graph: ResourceGraph, owner: Resource) => unknown;

/** Asks for a result before and after edits; tells how often it was computed. */
function timesComputed(question: Question, ...edits: Readonly<Record<string, string | undefined>>[]): number {
  const world = new World(LANGUAGES);
  const files = { owner: map('owner'), other: map('other'), service: service('web') };
  let times = 0;
  const ask = (): void => {
    const { graph } = world.snapshot();
    const owner = graph.inFile(uriOf('owner'))[0]!;
    graph.derived(owner, 'answer', (asked) => {
      times++;
      return question(asked, owner);
    });
  };
  for (const changes of [files, ...edits]) {
    world.apply(Object.entries(changes).map(([name, text]) => ({ uri: uriOf(name), text })));
    ask();
    ask();
  }
  return times;
}

const other = (graph: ResourceGraph, owner: Resource) => graph.lookup(owner, ['ConfigMap'], 'other');

describe('what is derived of a resource', () => {
  it('is kept while nothing that it was made of changes', () => {
    assert.equal(
      timesComputed(() => 1, { other: map('other', '2') }, { service: `${service('web')}# more\n` }),
      1,
    );
    assert.equal(timesComputed(other, { service: `${service('web')}spec: {}\n` }), 1);
    assert.equal(
      timesComputed((graph, owner) => graph.near(owner, 'Service'), { other: map('other', '2') }),
      1,
    );
  });

  it('is made again when the resource, what it found, or what stood beside it changes', () => {
    assert.equal(
      timesComputed(() => 1, { owner: map('owner', '2') }),
      2,
    );
    assert.equal(timesComputed(other, { other: map('other', '2') }, { other: map('other', '3') }), 3);
    const spec = { service: `${service('web')}spec: {}\n` };
    for (const ask of [
      (graph: ResourceGraph, owner: Resource) => graph.near(owner, 'Service'),
      (graph: ResourceGraph, owner: Resource) => graph.near(owner),
      (graph: ResourceGraph, owner: Resource) => graph.sameNamespace(owner, ['Service']),
      (graph: ResourceGraph) => graph.all('Service'),
      (graph: ResourceGraph) => graph.all(),
    ])
      assert.equal(timesComputed(ask, spec), 2, String(ask));
  });

  it('is made again in each state where the rest of the graph was asked', () => {
    for (const ask of [
      (graph: ResourceGraph, owner: Resource) => graph.edgesFrom(owner),
      (graph: ResourceGraph, owner: Resource) => graph.edgesTo(owner),
      (graph: ResourceGraph) => graph.inFile(uriOf('other')),
      (graph: ResourceGraph) => graph.writtenIn(uriOf('other')),
      (graph: ResourceGraph) => graph.file(uriOf('other')),
      (graph: ResourceGraph) => graph.memo('anything', () => 1),
      (graph: ResourceGraph, owner: Resource) =>
        graph.derived(owner, 'anything', (asked) => asked.memo('anything', () => 1)),
    ])
      assert.equal(timesComputed(ask, { service: `${service('web')}spec: {}\n` }), 2, String(ask));
  });

  it('depends on what it was derived of in its turn', () => {
    const nested: Question = (graph, owner) => graph.derived(owner, 'found', (asked) => other(asked, owner));
    assert.equal(timesComputed(nested, { service: `${service('web')}spec: {}\n` }), 1);
    assert.equal(timesComputed(nested, { other: map('other', '2') }), 2);
    const beside: Question = (graph, owner) =>
      graph.derived(owner, 'beside', (asked) => asked.near(owner, 'Service').length);
    assert.equal(timesComputed(beside, { other: map('other', '2') }), 1);
    assert.equal(timesComputed(beside, { service: `${service('web')}spec: {}\n` }), 2);
  });

  it('is made again when anything came, went, or was renamed', () => {
    for (const edit of [{ service: undefined }, { more: service('db') }, { service: service('db') }])
      assert.equal(
        timesComputed(() => 1, edit),
        2,
        JSON.stringify(edit),
      );
  });

  it('is computed for itself in a state that is no longer the latest', () => {
    const world = new World(LANGUAGES);
    const value = (graph: ResourceGraph) =>
      graph.derived(graph.inFile(uriOf('owner'))[0]!, 'value', (asked) => {
        const target = asked.lookup(graph.inFile(uriOf('owner'))[0]!, ['ConfigMap'], 'other');
        return target.status === 'found' ? target.resource.root.text('data', 'KEY') : undefined;
      });
    world.apply([
      { uri: uriOf('owner'), text: map('owner') },
      { uri: uriOf('other'), text: map('other', 'old') },
    ]);
    const old = world.snapshot().graph;
    assert.equal(value(old), 'old');
    world.apply([{ uri: uriOf('other'), text: map('other', 'new') }]);
    assert.equal(value(world.snapshot().graph), 'new');
    assert.equal(value(old), 'old');
    assert.equal(value(world.snapshot().graph), 'new');
  });

  it('is that of the file again after an edit was taken back', () => {
    assert.equal(timesComputed(other, { other: map('other', '2') }, { other: map('other') }), 3);
  });
});
